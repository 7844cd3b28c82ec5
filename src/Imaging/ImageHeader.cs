namespace Chitti.Imaging;

/// <summary>Facts about an image that are known without decoding it.</summary>
/// <param name="Format">Format, detected from the bytes.</param>
/// <param name="Width">Pixels, after EXIF orientation.</param>
/// <param name="Height">Pixels, after EXIF orientation.</param>
/// <param name="Orientation">EXIF orientation, 1..8; 1 if the image has none or an invalid one.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, int Orientation)
{
    /// <summary>For example <c>image/jpeg</c>.</summary>
    public string MediaType => Format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.WebP => "image/webp",
        ImageFormat.Bmp => "image/bmp",
        _ => "image/tiff",
    };
}
