using System.Buffers.Text;
using System.Text;

namespace Chitti.Gateway;

/// <summary>Cursors of lists: the last id of the previous page, opaque to clients.</summary>
internal static class Cursor
{
    internal const string Rule = "must be the next_cursor of the previous page";

    internal static string From(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    internal static string From(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    /// <summary>Reads a cursor; null stands for the first page. False when the text is not a cursor.</summary>
    internal static bool TryRead(string? text, out Guid? id)
    {
        id = null;
        if (text is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (text.Length != 22 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != 16)
        {
            return false;
        }

        id = new Guid(bytes, bigEndian: true);
        return true;
    }

    internal static bool TryRead(string? text, out string? id)
    {
        id = null;
        if (text is null)
        {
            return true;
        }

        if (text.Length > 100 || !Base64Url.IsValid(text))
        {
            return false;
        }

        id = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return ProfileId.IsValid(id);
    }
}
