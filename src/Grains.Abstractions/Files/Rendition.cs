namespace Chitti.Grains.Abstractions;

/// <summary>A picture made from a file.</summary>
[GenerateSerializer, Alias("chitti.rendition")]
public enum Rendition
{
    /// <summary>JPEG of at most 320 pixels a side.</summary>
    Thumbnail = 0,

    /// <summary>JPEG of the original's size with its indications drawn in.</summary>
    Annotated = 1,
}
