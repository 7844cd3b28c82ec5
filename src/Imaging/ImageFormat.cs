namespace Chitti.Imaging;

/// <summary>Image formats Chitti reads.</summary>
public enum ImageFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP; of an animation the first frame.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF: baseline, LZW or deflate, 8 or 16 bit, grey or RGB; of several pages the first.</summary>
    Tiff,
}
