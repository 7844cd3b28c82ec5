using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>JPEG, PNG, WebP and BMP.</summary>
internal static unsafe class SkiaDecoding
{
    public static ImageFault? Decode(byte* bytes, int length, DecodeRequest request, out DecodedImage image)
    {
        image = default;
        using var source = new EncodedStream(bytes, length, request.Deadline);
        using var codec = SKCodec.Create(source, out var created);
        if (codec is null)
        {
            return Unreadable(created);
        }

        if (codec.Info.Width != request.StoredWidth || codec.Info.Height != request.StoredHeight)
        {
            return new ImageFault(ImageFaultKind.Unreadable, "The image's parts disagree about its size.");
        }

        var size = ScaledSize(codec, request);
        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        // Without a colour space in the target, Skia leaves the stored values unchanged.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        var pixels = request.Buffer.Rent(info.BytesSize64, request.Deadline);
        var result = codec.GetPixels(info, (IntPtr)pixels, info.RowBytes, SKCodecOptions.Default);
        if (result != SKCodecResult.Success)
        {
            request.Buffer.Return();
            return Unreadable(result);
        }
        if (!opaque)
        {
            LayOverWhite(new Span<byte>(pixels, checked((int)info.BytesSize64)));
        }

        image = new DecodedImage(request, pixels, size.Width, size.Height);
        return null;
    }

    private static SKSizeI ScaledSize(SKCodec codec, DecodeRequest request)
    {
        var full = codec.Info.Size;
        if (request.EnoughStored is not { } enough || codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            return full;
        }
        // libjpeg scales by eighths; above one half, little time is saved. With sides a quarter larger than needed, the
        // resized image is too close to a full decode to change a model's confidence (the parity tests run both).
        for (var eighths = 1; eighths <= 4; eighths++)
        {
            var scaled = codec.GetScaledDimensions(eighths / 8f);
            if (4L * scaled.Width >= 5L * enough.Width && 4L * scaled.Height >= 5L * enough.Height)
            {
                return scaled;
            }
        }
        return full;
    }

    // The colour is already multiplied by alpha; white fills the rest.
    private static void LayOverWhite(Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var white = 255 - rgba[i + 3];
            rgba[i] = (byte)(rgba[i] + white);
            rgba[i + 1] = (byte)(rgba[i + 1] + white);
            rgba[i + 2] = (byte)(rgba[i + 2] + white);
        }
    }

    private static ImageFault Unreadable(SKCodecResult result) => new(ImageFaultKind.Unreadable, result switch
    {
        SKCodecResult.IncompleteInput => "The file ends before the image does.",
        SKCodecResult.Unimplemented => "The image is of a variant that is not supported.",
        _ => "The image data is damaged.",
    });
}
