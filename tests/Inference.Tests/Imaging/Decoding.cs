using Chitti.Imaging;

namespace Chitti.Inference.Tests;

/// <summary>Decodes into an array, which a test can inspect after the image is disposed.</summary>
internal sealed record Decoding(int Width, int Height, (byte R, byte G, byte B)[] Pixels, ImageFault? Fault)
{
    public (byte R, byte G, byte B) this[int x, int y] => Pixels[(y * Width) + x];

    /// <param name="encoded">A whole image file.</param>
    /// <param name="time">Clock; the thread's processor time goes by it too, unless that is given.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="enough">A side that suffices.</param>
    /// <param name="processorTime">Processor time of the thread.</param>
    public static Decoding Of(
        byte[] encoded, TimeProvider? time = null, ImageLimits? limits = null, int? enough = null, Func<TimeSpan>? processorTime = null)
    {
        using var decoder = new ImageDecoder(
            limits ?? new ImageLimits(), time ?? TimeProvider.System, new PixelBudget(1 << 30),
            processorTime ?? (time is null ? null : () => time.GetElapsedTime(0)));
        if (!decoder.TryDecode(encoded, enough is { } side ? (_, _) => (side, side) : null, out var image, out var fault))
        {
            return new Decoding(0, 0, [], fault);
        }

        using (image)
        {
            var pixels = new (byte, byte, byte)[image.Width * image.Height];
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = image[i % image.Width, i / image.Width];
            }

            return new Decoding(image.Width, image.Height, pixels, null);
        }
    }
}
