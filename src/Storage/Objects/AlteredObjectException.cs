namespace Chitti.Storage;

/// <summary>The bytes of an object differ from the ones that were stored.</summary>
/// <param name="key">Key of the object.</param>
public sealed class AlteredObjectException(string key) : Exception($"The bytes of the object {key} differ from the ones that were stored.");
