using System.Buffers;

namespace Chitti.Registration;

/// <summary>
/// Agreement of picture and reference in the blocks where they agree least: the contrast and structure terms of the
/// structural similarity (Wang and others, 2004) in overlapping blocks. A correlation over the whole picture is high for
/// a part that is covered, or that looks alike in most places; this is as low as its worst places. A defect is small in its
/// block and changes little.
/// </summary>
internal static class LocalFit
{
    // Share of the blocks that may agree less.
    private const double Quantile = 0.04;

    // Blocks along the longer side, if they did not overlap.
    private const int BlocksPerSide = 5;

    // Of the squared contrast, as a variance: what a block must show to be compared; flat blocks agree.
    private const double Structure = 0.05;

    // Pixels at the border of the reference: beyond them smoothing mixes in what is outside.
    private const int Rim = 3;

    // Of the contrast: a block may be brighter or darker by this, because light is uneven.
    private const double Shade = 0.15;

    /// <summary>The quantile, 0 to 1.</summary>
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
        var agreements = ArrayPool<double>.Shared.Rent(columns * rows);
        var count = 0;
        for (var row = 0; row + 1 < rows; row++)
        {
            for (var column = 0; column + 1 < columns; column++)
            {
                var at = (row * columns) + column;
                var block = cells[at] + cells[at + 1] + cells[at + columns] + cells[at + columns + 1];
                // Mostly outside the picture: nothing to compare.
                if (block.Count >= 2 * side * side)
                {
                    agreements[count++] = block.Agreement(light, Shade * contrast, Structure * contrast * contrast);
                }
            }
        }

        var found = agreements.AsSpan(0, count);
        found.Sort();
        var fit = count > 0 ? Math.Max(0, found[(int)(Quantile * (count - 1))]) : 0;
        ArrayPool<Cell>.Shared.Return(cells);
        ArrayPool<double>.Shared.Return(agreements);
        return fit;
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
        private double _r, _s, _rr, _ss, _rs;

        public double Count { get; private set; }

        public static Cell operator +(in Cell one, in Cell other) => new()
        {
            Count = one.Count + other.Count,
            _r = one._r + other._r,
            _s = one._s + other._s,
            _rr = one._rr + other._rr,
            _ss = one._ss + other._ss,
            _rs = one._rs + other._rs,
        };

        public void Add(ReadOnlySpan<byte> reference, ReadOnlySpan<float> samples)
        {
            float n = 0, sumR = 0, sumS = 0, sumRr = 0, sumSs = 0, sumRs = 0;
            for (var i = 0; i < samples.Length; i++)
            {
                float r = reference[i], s = samples[i];
                if (!float.IsNaN(s))
                {
                    n++;
                    sumR += r;
                    sumS += s;
                    sumRr += r * r;
                    sumSs += s * s;
                    sumRs += r * s;
                }
            }

            Count += n;
            _r += sumR;
            _s += sumS;
            _rr += sumRr;
            _ss += sumSs;
            _rs += sumRs;
        }

        /// <summary>-1 to 1.</summary>
        public readonly double Agreement(in Moments light, double shade, double structure)
        {
            var (r, s, gain) = (_r / Count, _s / Count, light.Gain);
            var shift = Math.Max(0, Math.Abs((gain * s) + light.Offset - r) - shade);
            var (varianceR, varianceS) = ((_rr / Count) - (r * r), gain * gain * ((_ss / Count) - (s * s)));
            var covariance = gain * ((_rs / Count) - (r * s));
            return ((2 * covariance) + structure) / (varianceR + varianceS + (shift * shift) + structure);
        }
    }
}
