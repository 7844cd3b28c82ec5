namespace Chitti.Storage;

/// <summary>The bytes of an object differ from the ones that were stored.</summary>
/// <param name="key">Key of the object.</param>
public sealed class AlteredObjectException(string key) : Exception($"The bytes of the object {key} differ from the ones that were stored.")
{
    /// <summary>The same for users, who don't know the key: they asked for a picture that they uploaded.</summary>
    public string Detail { get; } = "The stored picture was altered: its bytes no longer have the SHA-256 recorded at upload.";
}
