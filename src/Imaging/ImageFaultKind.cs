namespace Chitti.Imaging;

/// <summary>Why an image can't be used.</summary>
public enum ImageFaultKind
{
    /// <summary>The bytes are none of the formats of <see cref="ImageFormat"/>.</summary>
    UnknownFormat,

    /// <summary>Over a limit of <see cref="ImageLimits"/>.</summary>
    OverLimit,

    /// <summary>Of a known format, but damaged or of a variant that is not read.</summary>
    Unreadable,
}
