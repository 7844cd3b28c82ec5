using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Chitti.Inference;

/// <summary>
/// Takes <see cref="PictureMeasures"/> of a filled input tensor with the planes R, G and B. It looks at green alone, and at half the
/// resolution but for edges, so that it takes a few hundredths of the model's time. Not thread-safe.
/// </summary>
internal sealed class PictureMeasurement(InputLayout input)
{
    // Half pixels: 16 of the input.
    private const int Block = 8;

    // Less contrast than this, of 255, is noise.
    private const int MinContrast = 8;

    private const float Edge = 0.25f;

    private readonly int[] _histogram = new int[256];
    private readonly float[] _half = new float[(input.Width / 2) * (input.Height / 2)];
    private readonly float _factor = input.Factor[1];
    private readonly float _offset = input.Offset[1];

    public PictureMeasures Measure(ReadOnlySpan<float> tensor, in Letterbox letterbox)
    {
        var start = (((input.Planes[1] * input.Height) + letterbox.Top) * input.Width) + letterbox.Left;
        var green = tensor[start..];
        var (width, height) = (letterbox.Width / 2, letterbox.Height / 2);
        var half = _half.AsSpan(0, width * height);
        for (var y = 0; y < height; y++)
        {
            Halve(green.Slice(2 * y * input.Width, letterbox.Width), green.Slice(((2 * y) + 1) * input.Width, letterbox.Width), half.Slice(y * width, width));
        }

        var (dark, contrast) = FindContrast(half);
        var (density, diagonal) = MeasureEdges(green, letterbox.Width, letterbox.Height, contrast * _factor);
        TensorPrimitives.Subtract(half, dark, half);
        TensorPrimitives.Divide(half, contrast, half);
        return new()
        {
            GreyLevels = Levels(dark, contrast),
            EdgeDensity = density,
            DiagonalEdges = diagonal,
            FlatDark = LargestSquare(half, width, height, -100, 1f / 3),
            FlatBright = LargestSquare(half, width, height, 2f / 3, 100),
        };
    }

    /// <summary>Means of two by two pixels, 0..255.</summary>
    private void Halve(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, Span<float> target)
    {
        var (factor, offset) = (1 / (4 * _factor), _offset / _factor);
        for (var x = 0; x < target.Length; x++)
        {
            target[x] = ((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]) * factor) - offset;
        }
    }

    private (float Dark, float Contrast) FindContrast(ReadOnlySpan<float> half)
    {
        // Every second one is enough for shares.
        Array.Clear(_histogram);
        for (var at = 0; at < half.Length; at += 2)
        {
            _histogram[Math.Clamp((int)(half[at] + 0.5f), 0, 255)]++;
        }

        var count = (half.Length + 1) / 2;
        var (dark, bright) = (Level(count / 100), Level(count - 1 - (count / 100)));
        return bright - dark < MinContrast ? (dark - 128, 256) : (dark, bright - dark);
    }

    /// <summary>The level of the pixel of a rank, from dark to bright.</summary>
    private int Level(int rank)
    {
        var level = 0;
        for (var seen = _histogram[0]; seen <= rank && level < 255; seen += _histogram[level])
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

        var total = Math.Max(1, shares.Sum());
        return [.. shares.Select(share => share / total)];
    }

    // Sobel's operator in every fourth row.
    private (double Density, double Diagonal) MeasureEdges(ReadOnlySpan<float> green, int width, int height, float contrast)
    {
        var edge = new Vector<float>(16 * Edge * contrast * Edge * contrast);
        double energy = 0, diagonal = 0;
        int count = 0, edges = 0;
        for (var y = 1; y < height - 1; y += 4)
        {
            var above = green.Slice((y - 1) * input.Width, width);
            var row = green.Slice(y * input.Width, width);
            var below = green.Slice((y + 1) * input.Width, width);
            Vector<float> rowEnergy = default, rowDiagonal = default;
            for (var x = 1; x + Vector<float>.Count < width; x += Vector<float>.Count)
            {
                var leftAbove = new Vector<float>(above[(x - 1)..]);
                var rightAbove = new Vector<float>(above[(x + 1)..]);
                var leftBelow = new Vector<float>(below[(x - 1)..]);
                var rightBelow = new Vector<float>(below[(x + 1)..]);
                var across = rightAbove - leftAbove + rightBelow - leftBelow + (2 * (new Vector<float>(row[(x + 1)..]) - new Vector<float>(row[(x - 1)..])));
                var down = leftBelow - leftAbove + rightBelow - rightAbove + (2 * (new Vector<float>(below[x..]) - new Vector<float>(above[x..])));
                var strength = (across * across) + (down * down);
                rowEnergy += strength;
                rowDiagonal += Vector.Abs(across * down);
                edges -= Vector.Sum(Vector.GreaterThan(strength, edge));
                count += Vector<float>.Count;
            }

            energy += Vector.Sum(rowEnergy);
            diagonal += 2 * Vector.Sum(rowDiagonal);
        }

        var least = 1e-6 * contrast * contrast * Math.Max(1, count);
        return (count == 0 ? 0 : (double)edges / count, energy < least ? 0 : diagonal / energy);
    }

    /// <returns>Side of the largest square of blocks whose levels all lie between two, as a share of the shorter side.</returns>
    private static double LargestSquare(ReadOnlySpan<float> half, int width, int height, float above, float below)
    {
        var (columns, rows) = (width / Block, height / Block);
        Span<int> last = stackalloc int[columns + 1], here = stackalloc int[columns + 1];
        last.Clear();
        here.Clear();
        var largest = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var isFlat = IsFlat(half[((row * Block * width) + (column * Block))..], width, above, below);
                here[column + 1] = isFlat ? 1 + Math.Min(last[column], Math.Min(last[column + 1], here[column])) : 0;
                largest = Math.Max(largest, here[column + 1]);
            }

            here.CopyTo(last);
        }

        return (double)largest * Block / Math.Max(1, Math.Min(width, height));
    }

    private static bool IsFlat(ReadOnlySpan<float> half, int width, float above, float below)
    {
        for (var y = 0; y < Block; y++)
        {
            var row = Vector256.Create(half.Slice(y * width, Block));
            if (!Vector256.GreaterThanAll(row, Vector256.Create(above)) || !Vector256.LessThanAll(row, Vector256.Create(below)))
            {
                return false;
            }
        }

        return true;
    }
}
