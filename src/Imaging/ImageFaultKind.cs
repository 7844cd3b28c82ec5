namespace Chitti.Imaging;

/// <summary>Why an image can't be used.</summary>
public enum ImageFaultKind
{
    /// <summary>The bytes are not in a format of <see cref="ImageFormat"/>.</summary>
    UnknownFormat,

    /// <summary>A limit of <see cref="ImageLimits"/> is exceeded.</summary>
    OverLimit,

    /// <summary>The format is known, but the image is damaged or of a variant that is not supported.</summary>
    Unreadable,

    /// <summary>The file holds more than one picture: pages, frames or views. Only one of them would be inspected.</summary>
    ManyPictures,

    /// <summary>Not the image's fault: the machine was too busy to decode it. It may be tried again.</summary>
    Interrupted,
}
