using System.Buffers.Text;
using System.Text;

namespace Chitti.Gateway;

/// <summary>Where a list goes on: the last id of the page before, opaque to clients.</summary>
internal static class Cursor
{
    internal const string Rule = "must be the next_cursor of the page before";

    internal static string From(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    internal static string From(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    /// <summary>No cursor is the first page; false for text that is no cursor.</summary>
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
