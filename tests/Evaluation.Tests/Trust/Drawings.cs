using System.Globalization;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Evaluation.Tests;

/// <summary>Pictures that show no whole board, or not this one, and boards that lie differently.</summary>
internal static class Drawings
{
    private const int Side = 640;
    private static readonly SKSamplingOptions _pixels = SKSamplingOptions.Default;

    public static SKBitmap Load(string file) => SKBitmap.Decode(file);

    public static SKBitmap Sample(string name) => Load(Repository.Path("samples", name));

    public static void Save(SKBitmap bitmap, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = File.Create(path);
        bitmap.Encode(stream, SKEncodedImageFormat.Png, 100);
    }

    /// <summary>Moves a picture by pixels and turns it by degrees around its middle. Beyond its edges the board goes on as it ends there.</summary>
    public static SKBitmap Move(SKBitmap board, float x, float y, float degrees) => Draw(canvas =>
    {
        canvas.Translate(x, y);
        canvas.RotateDegrees(degrees, board.Width / 2f, board.Height / 2f);
        using var image = SKImage.FromBitmap(board);
        using var shader = image.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawPaint(paint);
    }, board.Width, board.Height);

    public static SKBitmap Scale(SKBitmap picture, double factor) =>
        picture.Resize(new SKSizeI((int)(picture.Width * factor), (int)(picture.Height * factor)), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));

    public static SKBitmap Mirror(SKBitmap board) => Draw(canvas =>
    {
        canvas.Scale(-1, 1, board.Width / 2f, 0);
        canvas.DrawBitmap(board, 0, 0, _pixels);
    }, board.Width, board.Height);

    public static SKBitmap Invert(SKBitmap board) => Change(board, (_, _, tone) => 255 - tone);

    /// <summary>The left half; the rest is white.</summary>
    public static SKBitmap Half(SKBitmap board) => Change(board, (x, _, tone) => x < board.Width / 2 ? tone : 255);

    /// <summary>Something black of the size of a hand lies on it.</summary>
    public static SKBitmap UnderAHand(SKBitmap board) => Change(board, (x, y, tone) => Math.Pow((x - 250) / 150.0, 2) + Math.Pow((y - 330) / 190.0, 2) < 1 ? 0 : tone);

    public static SKBitmap Noise(int seed)
    {
        var random = new Random(seed);
        return Make((_, _) => random.Next(256));
    }

    /// <summary>Smooth noise over four octaves.</summary>
    public static SKBitmap Clouds(int seed)
    {
        var random = new Random(seed);
        var grids = Enumerable.Range(2, 4).Select(octave => (Cells: 1 << octave, Values: Enumerable.Range(0, 40 * 40).Select(_ => random.NextDouble()).ToArray())).ToList();
        return Make((x, y) => (int)(255 * grids.Select((grid, octave) => Interpolate(grid.Values, x * grid.Cells / (double)Side, y * grid.Cells / (double)Side) / (1 << (octave + 1))).Sum()));

        static double Interpolate(double[] values, double x, double y)
        {
            var (column, row) = ((int)x, (int)y);
            var (right, down) = (Smooth(x - column), Smooth(y - row));
            double At(int dx, int dy) => values[((row + dy) * 40) + column + dx];
            return double.Lerp(double.Lerp(At(0, 0), At(1, 0), right), double.Lerp(At(0, 1), At(1, 1), right), down);
        }

        static double Smooth(double t) => t * t * (3 - (2 * t));
    }

    public static SKBitmap Gradient(bool diagonal) => Make((x, y) => (diagonal ? x + y : 2 * x) * 255 / (2 * Side));

    public static SKBitmap Checkerboard(int cell) => Make((x, y) => (x / cell) + (y / cell) is var sum && sum % 2 == 0 ? 255 : 0);

    public static SKBitmap Text(float size)
    {
        using var face = SKTypeface.Default;
        using var font = new SKFont(face, size);
        using var black = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        return Draw(canvas =>
        {
            for (var (line, top) = (1, 20f + size); top < Side - 20; line++, top += size * 1.4f)
            {
                canvas.DrawText(string.Create(CultureInfo.InvariantCulture, $"{line}. Results relate only to the items inspected; see page {line * 7 % 23}."), 20, top, SKTextAlign.Left, font, black);
            }
        }, Side, Side);
    }

    /// <summary>Puts boards side by side.</summary>
    public static SKBitmap Panel(int columns, IReadOnlyList<SKBitmap> boards) => Draw(canvas =>
    {
        foreach (var (index, board) in boards.Index())
        {
            canvas.DrawBitmap(board, index % columns * board.Width, index / columns * board.Height, _pixels);
        }
    }, columns * boards[0].Width, (boards.Count + columns - 1) / columns * boards[0].Height);

    /// <summary>Puts a board into the middle of a larger white picture.</summary>
    public static SKBitmap OnACanvas(SKBitmap board, int width, int height) =>
        Draw(canvas => canvas.DrawBitmap(board, (width - board.Width) / 2, (height - board.Height) / 2, _pixels), width, height);

    public static void AddNoise(SKBitmap bitmap, int amplitude, Random random)
    {
        foreach (ref var value in bitmap.GetPixelSpan())
        {
            value = (byte)Math.Clamp(value + random.Next(-amplitude, amplitude + 1), 0, 255);
        }
    }

    private static SKBitmap Change(SKBitmap board, Func<int, int, int, int> change)
    {
        var tones = Draw(canvas => canvas.DrawBitmap(board, 0, 0, _pixels), board.Width, board.Height);
        var pixels = tones.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)change(i % tones.RowBytes, i / tones.RowBytes, pixels[i]);
        }

        return tones;
    }

    private static SKBitmap Make(Func<int, int, int> tone)
    {
        var made = new SKBitmap(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque);
        var pixels = made.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)Math.Clamp(tone(i % made.RowBytes, i / made.RowBytes), 0, 255);
        }

        return made;
    }

    private static SKBitmap Draw(Action<SKCanvas> draw, int width, int height)
    {
        var drawn = new SKBitmap(width, height, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(SKColors.White);
        draw(canvas);
        canvas.Flush();
        return drawn;
    }
}
