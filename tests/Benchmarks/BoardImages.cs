using System.Globalization;
using SkiaSharp;

namespace Chitti.Benchmarks;

/// <summary>
/// Distinct board images, made from a few by shifting each some pixels sideways and down: about as expensive to decode, with
/// about as many defects, but no two with the same bytes.
/// </summary>
internal static class BoardImages
{
    private const int Quality = 90;
    private const int Step = 8;

    public static void Make(string source, string target, int count)
    {
        var originals = Directory.EnumerateFiles(source, "*.jpg").Order(StringComparer.Ordinal).Select(SKBitmap.Decode).ToArray();
        if (originals.Length == 0)
        {
            throw new FileNotFoundException($"There is no *.jpg in '{source}'.");
        }

        Directory.CreateDirectory(target);
        Parallel.For(0, count, number =>
        {
            var (round, original) = Math.DivRem(number, originals.Length);
            using var rolled = Roll(originals[original], round * Step, round / 20 * Step);
            using var data = rolled.Encode(SKEncodedImageFormat.Jpeg, Quality);
            using var file = File.Create(Path.Combine(target, number.ToString("D5", CultureInfo.InvariantCulture) + ".jpg"));
            data.SaveTo(file);
        });
        Array.ForEach(originals, original => original.Dispose());
    }

    public static byte[][] Load(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static SKBitmap Roll(SKBitmap original, int x, int y)
    {
        var rolled = new SKBitmap(original.Info);
        using var canvas = new SKCanvas(rolled);
        using var image = SKImage.FromPixels(original.PeekPixels());
        for (var left = (x % original.Width) - original.Width; left < original.Width; left += original.Width)
        {
            for (var top = (y % original.Height) - original.Height; top < original.Height; top += original.Height)
            {
                canvas.DrawImage(image, left, top, new SKSamplingOptions());
            }
        }

        return rolled;
    }
}
