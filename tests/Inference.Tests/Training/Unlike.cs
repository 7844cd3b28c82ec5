using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>Draws pictures that are no boards, and what may happen to a board. 640 x 640 pixels, repeatable.</summary>
internal static class Unlike
{
    public const int Side = 640;

    /// <summary>What no model of boards was trained on.</summary>
    public static IEnumerable<(string Name, byte[] Png)> Pictures()
    {
        var random = new Random(5);
        yield return ("noise", Fill((_, _) => (byte)random.Next(256)));
        yield return ("black and white noise", Fill((_, _) => (byte)(random.Next(2) * 255)));
        foreach (var cells in new[] { 3, 8, 24 })
        {
            yield return ($"clouds {cells}", Clouds(cells));
        }

        yield return ("gradient", Fill((x, _) => (byte)(x * 255 / Side)));
        yield return ("round gradient", Fill((x, y) => (byte)Math.Min(255, Math.Sqrt(((x - 320) * (x - 320)) + ((y - 320) * (y - 320))) / 2)));
        foreach (var side in new[] { 8, 20, 40, 64, 128 })
        {
            yield return ($"checkerboard {side}", Fill((x, y) => (byte)(((x / side) + (y / side)) % 2 * 255)));
        }

        foreach (var level in new byte[] { 0, 128, 255 })
        {
            yield return ($"plain {level}", Fill((_, _) => level));
        }

        foreach (var size in new[] { 12f, 22f, 36f })
        {
            yield return ($"glyphs {size}", Glyphs(size));
        }
    }

    /// <summary>A board, drawn as given.</summary>
    public static byte[] Board(string path, Action<SKCanvas, SKImage> draw)
    {
        using var board = SKImage.FromEncodedData(path);
        return Draw(canvas => draw(canvas, board));
    }

    public static byte[] Draw(Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            draw(canvas);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static byte[] Fill(Func<int, int, byte> level)
    {
        using var bitmap = new SKBitmap(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                pixels[(y * bitmap.RowBytes) + x] = level(x, y);
            }
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Value noise: random levels on a grid, smoothed between, in octaves.</summary>
    private static byte[] Clouds(int cells)
    {
        var random = new Random(cells);
        var octaves = Enumerable.Range(0, 5).Select(octave => (Size: cells << octave, Levels: Enumerable.Range(0, ((cells << octave) + 2) * ((cells << octave) + 2)).Select(_ => random.NextDouble()).ToArray())).ToList();
        return Fill((x, y) =>
        {
            var (sum, weight) = (0.0, 0.0);
            foreach (var (index, (size, levels)) in octaves.Index())
            {
                var (u, v) = ((double)x * size / Side, (double)y * size / Side);
                var (column, row) = ((int)u, (int)v);
                var (s, t) = (Smooth(u - column), Smooth(v - row));
                double At(int c, int r) => levels[((row + r) * (size + 2)) + column + c];
                var share = 1.0 / (1 << index);
                sum += share * ((((At(0, 0) * (1 - s)) + (At(1, 0) * s)) * (1 - t)) + (((At(0, 1) * (1 - s)) + (At(1, 1) * s)) * t));
                weight += share;
            }

            return (byte)(255 * sum / weight);
        });
    }

    private static double Smooth(double value) => value * value * (3 - (2 * value));

    /// <summary>Lines of strokes like letters. Fonts differ from machine to machine.</summary>
    private static byte[] Glyphs(float size) => Draw(canvas =>
    {
        var random = new Random((int)size);
        using var pen = new SKPaint { Color = SKColors.Black, IsAntialias = true, StrokeWidth = size / 9, Style = SKPaintStyle.Stroke };
        for (var y = size; y < Side - size; y += 1.4f * size)
        {
            for (var x = size; x < Side - size; x += 0.62f * size)
            {
                if (random.Next(6) == 0)
                {
                    continue;
                }

                for (var stroke = 0; stroke < 3; stroke++)
                {
                    canvas.DrawLine(Point(), Point(), pen);
                    canvas.DrawCircle(Point(), size / 6, pen);
                }

                SKPoint Point() => new(x + (random.NextSingle() * 0.5f * size), y + (random.NextSingle() * 0.75f * size));
            }
        }
    });
}
