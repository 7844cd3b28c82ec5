using BitMiracle.LibTiff.Classic;
using SkiaSharp;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Chitti.Grains;

/// <summary>Decodes what a PDF can't hold as it is, on white where it is transparent.</summary>
internal static class PictureDecoder
{
    // LibTiff writes what it dislikes to the console; the report says in its own words that there is no picture.
    static PictureDecoder() => LibTiff.SetErrorHandler(new Silence());

    /// <returns>Null when the bytes are no image that can be read.</returns>
    public static SKBitmap? Decode(ReadOnlyMemory<byte> encoded, out SKEncodedOrigin origin)
    {
        origin = SKEncodedOrigin.TopLeft;
        using var data = SKData.CreateCopy(encoded.Span);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            return Tiff(encoded);
        origin = codec.EncodedOrigin;
        using var decoded = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Premul));
        return codec.GetPixels(decoded.Info, decoded.GetPixels()) is SKCodecResult.Success or SKCodecResult.IncompleteInput
            ? OnWhite(decoded)
            : null;
    }

    private static SKBitmap? Tiff(ReadOnlyMemory<byte> encoded)
    {
        using var tiff = LibTiff.ClientOpen(
            "image", "r", new MemoryStream(encoded.ToArray(), writable: false), new TiffStream());
        if (tiff is null || tiff.GetField(TiffTag.IMAGEWIDTH) is not [var width] || tiff.GetField(TiffTag.IMAGELENGTH) is not [var height])
            return null;
        var pixels = new int[checked(width.ToInt() * height.ToInt())];
        if (!tiff.ReadRGBAImageOriented(width.ToInt(), height.ToInt(), pixels, BitMiracle.LibTiff.Classic.Orientation.TOPLEFT, false))
            return null;
        using var decoded = new SKBitmap(new SKImageInfo(width.ToInt(), height.ToInt(), SKColorType.Rgba8888, SKAlphaType.Premul));
        System.Runtime.InteropServices.Marshal.Copy(pixels, 0, decoded.GetPixels(), pixels.Length);
        return OnWhite(decoded);
    }

    private static SKBitmap OnWhite(SKBitmap decoded)
    {
        var opaque = new SKBitmap(decoded.Info.WithColorType(SKColorType.Rgb888x).WithAlphaType(SKAlphaType.Opaque));
        using var canvas = new SKCanvas(opaque);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(decoded, 0, 0, SKSamplingOptions.Default);
        opaque.SetImmutable();
        return opaque;
    }

    private sealed class Silence : TiffErrorHandler
    {
        public override void ErrorHandler(LibTiff tif, string method, string format, params object[] args) { }

        public override void ErrorHandlerExt(LibTiff tif, object clientData, string method, string format, params object[] args) { }

        public override void WarningHandler(LibTiff tif, string method, string format, params object[] args) { }

        public override void WarningHandlerExt(LibTiff tif, object clientData, string method, string format, params object[] args) { }
    }
}
