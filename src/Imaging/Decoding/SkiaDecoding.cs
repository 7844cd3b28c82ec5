using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>JPEG, PNG, WebP and BMP.</summary>
internal static unsafe class SkiaDecoding
{
    public static ImageFault? Decode(byte* bytes, int length, DecodeRequest request, byte* pixels)
    {
        using var source = new EncodedStream(bytes, length, request.Deadline);
        using var codec = SKCodec.Create(source, out var created);
        if (codec is null)
        {
            return Unreadable(created);
        }

        if ((codec.Info.Width, codec.Info.Height) != request.Stored)
        {
            return new ImageFault(ImageFaultKind.Unreadable, "The image's parts disagree about its size.");
        }

        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        // Without a colour space in the target, Skia leaves the stored values unchanged.
        var info = new SKImageInfo(request.Width, request.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        var result = codec.GetPixels(info, (IntPtr)pixels, info.RowBytes, SKCodecOptions.Default);
        if (result != SKCodecResult.Success)
        {
            return Unreadable(result);
        }
        if (!opaque)
        {
            LayOverWhite(new Span<byte>(pixels, checked((int)info.BytesSize64)));
        }

        return null;
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
