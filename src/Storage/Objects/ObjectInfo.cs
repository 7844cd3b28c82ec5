namespace Chitti.Storage;

/// <summary>Metadata of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">When it was stored, UTC.</param>
public sealed record ObjectInfo(string Key, long Size, DateTimeOffset ModifiedAt);
