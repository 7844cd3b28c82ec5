using System.Buffers;

namespace Chitti.Registration;

/// <summary>
/// How much of the reference's structure is found in the picture, in the blocks where least of it is: the slope of the regression
/// of the picture's grey levels on the reference's, in overlapping blocks. A correlation over the whole picture stays high for a
/// part that is covered or that looks alike in most places; this is as low as the worst places. It is not lowered by what the
/// picture shows in addition, such as a defect on bare ground.
/// </summary>
internal static class LocalFit
{
    // Blocks along the longer side, if they did not overlap.
    private const int BlocksPerSide = 5;

    // Of the squared contrast, as a variance: a block of the reference with much less of it shows nothing that could be missed.
    private const double Flat = 0.01;

    // Pixels at the border of the reference: beyond them smoothing mixes in what is outside.
    private const int Rim = 3;

    // Of the contrast: a block may be brighter or darker by this, because light is uneven.
    private const double Shade = 0.2;

    /// <summary>The share in the worst block, 0 to 1; 0 if there is no block.</summary>
    /// <param name="reference">The level for the fit.</param>
    /// <param name="samples">The picture at the reference's pixels, NaN outside the picture.</param>
    /// <param name="light">Maps the picture's grey levels to the reference's.</param>
    /// <param name="contrast">Grey levels between the reference's dark and bright pixels.</param>
    public static double Of(GreyPlane reference, ReadOnlySpan<float> samples, in Moments light, double contrast)
    {
        var side = Math.Max(4.0, reference.LongSide / (2.0 * BlocksPerSide));
        var (columns, rows) = (Math.Max(2, (int)Math.Round(reference.Width / side)), Math.Max(2, (int)Math.Round(reference.Height / side)));
        var cells = ArrayPool<Cell>.Shared.Rent(columns * rows);
        Fill(cells.AsSpan(0, columns * rows), columns, reference, samples);
        var worst = double.PositiveInfinity;
        for (var row = 0; row + 1 < rows; row++)
        {
            for (var column = 0; column + 1 < columns; column++)
            {
                var at = (row * columns) + column;
                var block = cells[at] + cells[at + 1] + cells[at + columns] + cells[at + columns + 1];
                // Mostly outside the picture: nothing to compare.
                if (block.Count >= 2 * side * side)
                {
                    worst = Math.Min(worst, block.Found(light, Shade * contrast, Flat * contrast * contrast));
                }
            }
        }

        ArrayPool<Cell>.Shared.Return(cells);
        return worst <= 1 ? Math.Max(0, worst) : 0;
    }

    private static void Fill(Span<Cell> cells, int columns, GreyPlane reference, ReadOnlySpan<float> samples)
    {
        cells.Clear();
        var (width, height, rows) = (reference.Width, reference.Height, cells.Length / columns);
        for (var y = Rim; y < height - Rim; y++)
        {
            var line = cells.Slice(y * rows / height * columns, columns);
            for (var column = 0; column < columns; column++)
            {
                var from = Math.Min(width, Math.Max(Rim, ((column * width) + columns - 1) / columns));
                var to = Math.Max(from, Math.Min(width - Rim, (((column + 1) * width) + columns - 1) / columns));
                line[column].Add(reference.Pixels.AsSpan(y * width, width)[from..to], samples.Slice(y * width, width)[from..to]);
            }
        }
    }

    /// <summary>Sums over the pixels of a quarter of a block.</summary>
    private struct Cell
    {
        private double _r, _s, _rr, _rs;

        public double Count { get; private set; }

        public static Cell operator +(in Cell one, in Cell other) => new()
        {
            Count = one.Count + other.Count,
            _r = one._r + other._r,
            _s = one._s + other._s,
            _rr = one._rr + other._rr,
            _rs = one._rs + other._rs,
        };

        public void Add(ReadOnlySpan<byte> reference, ReadOnlySpan<float> samples)
        {
            float n = 0, sumR = 0, sumS = 0, sumRr = 0, sumRs = 0;
            for (var i = 0; i < samples.Length; i++)
            {
                float r = reference[i], s = samples[i];
                if (!float.IsNaN(s))
                {
                    n++;
                    sumR += r;
                    sumS += s;
                    sumRr += r * r;
                    sumRs += r * s;
                }
            }

            Count += n;
            _r += sumR;
            _s += sumS;
            _rr += sumRr;
            _rs += sumRs;
        }

        /// <summary>1 if all is found, 0 if nothing is, below it for the negative.</summary>
        public readonly double Found(in Moments light, double shade, double flat)
        {
            var (r, s, gain) = (_r / Count, _s / Count, light.Gain);
            var shift = Math.Max(0, Math.Abs((gain * s) + light.Offset - r) - shade);
            var variance = (_rr / Count) - (r * r);
            var covariance = gain * ((_rs / Count) - (r * s));
            return Math.Min(1, (covariance + flat) / (variance + (shift * shift) + flat));
        }
    }
}
