namespace Chitti.Grains.Abstractions;

/// <summary>A picture rendered from a file.</summary>
[GenerateSerializer, Alias("chitti.rendition")]
public enum Rendition
{
    /// <summary>JPEG with sides of at most 320 pixels.</summary>
    Thumbnail = 0,

    /// <summary>JPEG in the size of the original, with its indications drawn in.</summary>
    Annotated = 1,
}
