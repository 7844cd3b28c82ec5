namespace Chitti.Storage;

/// <summary>Keys of the reference pictures of profiles. Objects under them never change, because the key is the hash of the bytes.</summary>
public static class ReferenceObjects
{
    /// <summary>Prefix of all keys.</summary>
    public const string Prefix = "references/";

    /// <summary>Key of a reference.</summary>
    /// <param name="sha256">Of its bytes, lower-case hexadecimal.</param>
    public static string KeyOf(string sha256) => Prefix + sha256;
}
