using System.Buffers;

namespace Chitti.Storage;

/// <summary>Validates keys, see <see cref="IObjectStore"/>. A valid key is safe as a relative path.</summary>
internal static class ObjectKey
{
    private const int MaxLength = 200;
    private static readonly SearchValues<char> _allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    public static void Validate(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!IsValid(key))
        {
            throw new ArgumentException($"'{key}' is not a valid object key.", nameof(key));
        }
    }

    public static bool IsValid(string key) =>
        key.Length <= MaxLength && !key.AsSpan().ContainsAnyExcept(_allowed) && !key.Split('/').Any(s => s is "" or "." or "..");

    /// <summary>A prefix may be empty, end in a slash, or end inside a segment.</summary>
    public static void ValidatePrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0)
        {
            Validate(prefix.EndsWith('/') ? prefix[..^1] : prefix);
        }
    }
}
