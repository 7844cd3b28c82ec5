using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>
/// The picture of one item, drawn whole and in crops. It is one SKImage, so that the PDF contains its bytes once. A JPEG is
/// embedded as it is, except that its EXIF orientation is set to upright; otherwise Skia would re-encode it.
/// </summary>
internal sealed class ReportPicture : IDisposable
{
    private readonly SKImage? _image;
    private readonly SKMatrix _toUpright;

    private ReportPicture(SKImage? image, int orientation, string note)
    {
        _image = image;
        Note = note;
        if (image is null)
        {
            return;
        }

        _toUpright = Orientation.ToUpright(orientation, image.Width, image.Height);
        (Width, Height) = Orientation.SwapsSides(orientation) ? (image.Height, image.Width) : (image.Width, image.Height);
    }

    /// <summary>False if there is nothing to draw; <see cref="Note"/> says why.</summary>
    public bool Available => _image is not null;

    /// <summary>How the picture was embedded, or why there is none.</summary>
    public string Note { get; }

    /// <summary>Pixels, upright.</summary>
    public int Width { get; }

    /// <summary>Pixels, upright.</summary>
    public int Height { get; }

    /// <param name="bytes">The encoded image; null when it was deleted or could not be read.</param>
    /// <param name="sha256">The recorded hash; a picture of other bytes would falsify the record.</param>
    /// <param name="losslessPixels">Up to this size, an image that is not a JPEG is embedded without loss.</param>
    /// <param name="decoders">Set the limits and the memory budget of decoding what is not a JPEG.</param>
    public static ReportPicture Load(ReadOnlyMemory<byte>? bytes, string sha256, long losslessPixels, ImageDecoders decoders)
    {
        if (bytes is not { } encoded)
        {
            return Missing(sha256.Length == 0 ? "The image was not read." : "The image was deleted or can no longer be read; its record and its SHA-256 remain.");
        }

        if (!Convert.ToHexStringLower(SHA256.HashData(encoded.Span)).Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            return Missing("The stored bytes do not match the recorded SHA-256; they are not shown.");
        }

        return Jpeg(encoded) ?? Decoded(encoded, losslessPixels, decoders);
    }

    /// <summary>Fills <paramref name="target"/> with a part of the picture.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="source">The part, in upright pixels, after <paramref name="alignment"/>.</param>
    /// <param name="target">The place on the canvas.</param>
    /// <param name="alignment">From upright pixels of this picture to those of another one; null for the picture's own.</param>
    /// <param name="paint">How to blend it with what is there; null to cover it.</param>
    public void Draw(SKCanvas canvas, SKRect source, SKRect target, SKMatrix? alignment = null, SKPaint? paint = null)
    {
        canvas.Save();
        canvas.ClipRect(target);
        canvas.Translate(target.Left, target.Top);
        canvas.Scale(target.Width / source.Width, target.Height / source.Height);
        canvas.Translate(-source.Left, -source.Top);
        canvas.Concat(alignment ?? SKMatrix.Identity);
        canvas.Concat(in _toUpright);
        canvas.DrawImage(_image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear), paint);
        canvas.Restore();
    }

    public void Dispose() => _image?.Dispose();

    private static ReportPicture Missing(string why) => new(null, Orientation.Upright, why);

    private static ReportPicture? Jpeg(ReadOnlyMemory<byte> encoded)
    {
        if (UprightJpeg.FindOrientation(encoded) is not { } orientation)
        {
            return null;
        }

        using var upright = SKData.CreateCopy(UprightJpeg.Reset(encoded).Span);
        return SKImage.FromEncodedData(upright) is { } image
            ? new(image, orientation, "Picture: the original JPEG, unchanged; boxes are drawn over it.")
            : null;
    }

    /// <exception cref="OutageException">The machine is too busy.</exception>
    private static ReportPicture Decoded(ReadOnlyMemory<byte> encoded, long losslessPixels, ImageDecoders decoders)
    {
        ReportPicture? picture = null;
        var fault = UprightBitmap.Use(encoded, decoders, bitmap => picture = (long)bitmap.Width * bitmap.Height <= losslessPixels
            ? new(SKImage.FromBitmap(bitmap), Orientation.Upright, "Picture: the original's pixels without loss; boxes are drawn over them.")
            : new(Encode(bitmap), Orientation.Upright, "Picture: encoded as JPEG (quality 92) for this report; boxes are drawn over it."));
        return fault switch
        {
            null => picture!,
            { Kind: ImageFaultKind.Interrupted } => throw new OutageException(Outage.Detector, fault.Detail),
            { Kind: ImageFaultKind.OverLimit } => Missing($"The image can't be decoded. {fault.Detail}"),
            _ => Missing("The image can't be decoded."),
        };
    }

    private static SKImage Encode(SKBitmap bitmap)
    {
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 92);
        return SKImage.FromEncodedData(jpeg);
    }
}
