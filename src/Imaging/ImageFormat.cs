namespace Chitti.Imaging;

/// <summary>Supported image formats.</summary>
public enum ImageFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP; only the first frame of an animation.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF: baseline, LZW or deflate, 8 or 16 bit, grey or RGB; only the first of several pages.</summary>
    Tiff,
}
