namespace Chitti.Grains.Abstractions;

/// <summary>Why there is no rendition.</summary>
[GenerateSerializer, Alias("chitti.rendition-fault")]
public enum RenditionRefusal
{
    /// <summary>The file or its bytes do not exist.</summary>
    Missing = 0,

    /// <summary>The file has not been inspected yet; try again later.</summary>
    TooEarly = 1,

    /// <summary>The file can't be rendered, now or later.</summary>
    Impossible = 2,

    /// <summary>The stored bytes differ from the uploaded ones.</summary>
    Altered = 3,
}
