namespace Chitti.Imaging;

/// <summary>What an image says of itself before it is decoded.</summary>
/// <param name="Format">Format, from the bytes.</param>
/// <param name="Width">Pixels, after EXIF orientation.</param>
/// <param name="Height">Pixels, after EXIF orientation.</param>
/// <param name="Orientation">EXIF orientation, 1..8; 1 where the image states none or a wrong one.</param>
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
