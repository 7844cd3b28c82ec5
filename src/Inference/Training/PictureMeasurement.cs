using System.Numerics.Tensors;

namespace Chitti.Inference;

/// <summary>Takes <see cref="PictureMeasures"/> of a filled input tensor with the planes R, G and B. Not thread-safe.</summary>
internal sealed class PictureMeasurement(InputLayout input)
{
    private const int Block = 16;

    // Less contrast than this, of 255, is noise.
    private const int MinContrast = 8;

    private const float Edge = 0.25f;

    private readonly int[] _histogram = new int[256];
    private float[] _luma = [];

    public PictureMeasures Measure(ReadOnlySpan<float> tensor, in Letterbox letterbox)
    {
        var (width, height) = (letterbox.Width, letterbox.Height);
        if (_luma.Length < width * height)
        {
            _luma = new float[input.Width * input.Height];
        }

        var luma = _luma.AsSpan(0, width * height);
        Luma.Read(tensor, input, letterbox, luma);
        var (dark, contrast) = FindContrast(luma);
        TensorPrimitives.Subtract(luma, dark, luma);
        TensorPrimitives.Divide(luma, contrast, luma);
        var (density, diagonal) = MeasureEdges(luma, width, height);
        return new()
        {
            GreyLevels = Levels(dark, contrast),
            EdgeDensity = density,
            DiagonalEdges = diagonal,
            FlatDark = LargestSquare(luma, width, height, block => TensorPrimitives.Max(block) < 1f / 3),
            FlatBright = LargestSquare(luma, width, height, block => TensorPrimitives.Min(block) > 2f / 3),
        };
    }

    private (float Dark, float Contrast) FindContrast(ReadOnlySpan<float> luma)
    {
        Array.Clear(_histogram);
        foreach (var value in luma)
        {
            _histogram[(int)Math.Clamp(value + 0.5f, 0, 255)]++;
        }

        var (dark, bright) = (Level(luma.Length / 100), Level(luma.Length - 1 - (luma.Length / 100)));
        return bright - dark < MinContrast ? (dark - 128, 256) : (dark, bright - dark);
    }

    private int Level(int rank)
    {
        var level = 0;
        for (var below = _histogram[0]; below <= rank; below += _histogram[level])
        {
            level++;
        }

        return level;
    }

    private double[] Levels(float dark, float contrast)
    {
        var shares = new double[PictureMeasures.LevelCount];
        foreach (var (level, count) in _histogram.Index())
        {
            shares[(int)Math.Clamp((level - dark) / contrast * shares.Length, 0, shares.Length - 1)] += count;
        }

        var total = shares.Sum();
        return [.. shares.Select(share => share / total)];
    }

    // Differences of Sobel's operator (3x3, divided by 4), at every second pixel of every second row.
    private static (double Density, double Diagonal) MeasureEdges(ReadOnlySpan<float> luma, int width, int height)
    {
        double energy = 0, diagonal = 0;
        int count = 0, edges = 0;
        for (var y = 1; y < height - 1; y += 2)
        {
            var above = luma.Slice((y - 1) * width, width);
            var row = luma.Slice(y * width, width);
            var below = luma.Slice((y + 1) * width, width);
            for (var x = 1; x < width - 1; x += 2)
            {
                var across = (above[x + 1] + (2 * row[x + 1]) + below[x + 1] - above[x - 1] - (2 * row[x - 1]) - below[x - 1]) / 4;
                var down = (below[x - 1] + (2 * below[x]) + below[x + 1] - above[x - 1] - (2 * above[x]) - above[x + 1]) / 4;
                var strength = (across * across) + (down * down);
                energy += strength;
                diagonal += 2 * Math.Abs(across * down);
                edges += strength > Edge * Edge ? 1 : 0;
                count++;
            }
        }

        return (count == 0 ? 0 : (double)edges / count, energy < 1e-9 ? 0 : diagonal / energy);
    }

    private static double LargestSquare(ReadOnlySpan<float> luma, int width, int height, Func<ReadOnlySpan<float>, bool> isFlat)
    {
        var (columns, rows) = (width / Block, height / Block);
        Span<int> above = stackalloc int[columns + 1], here = stackalloc int[columns + 1];
        above.Clear();
        here.Clear();
        var largest = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var flat = true;
                for (var y = 0; flat && y < Block; y++)
                {
                    flat = isFlat(luma.Slice((((row * Block) + y) * width) + (column * Block), Block));
                }

                here[column + 1] = flat ? 1 + Math.Min(above[column], Math.Min(above[column + 1], here[column])) : 0;
                largest = Math.Max(largest, here[column + 1]);
            }

            here.CopyTo(above);
        }

        return (double)largest * Block / Math.Min(width, height);
    }
}
