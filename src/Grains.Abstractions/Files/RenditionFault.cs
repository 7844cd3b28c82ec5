namespace Chitti.Grains.Abstractions;

/// <summary>Why there is no rendition.</summary>
[GenerateSerializer, Alias("chitti.rendition-fault")]
public enum RenditionFault
{
    /// <summary>The file, or its bytes, are gone.</summary>
    Missing = 0,

    /// <summary>The file has not been inspected yet; ask again.</summary>
    TooEarly = 1,

    /// <summary>The file can't be drawn, now or later.</summary>
    Impossible = 2,
}
