using System.Buffers;

namespace Chitti.Registration;

/// <summary>How well picture and reference agree under a transform.</summary>
/// <param name="Edges">Correlation of the grey levels along the edges of both, where both are; 0 if it is negative.</param>
/// <param name="Local">How much of the reference is found in the picture where least of it is: <see cref="LocalFit"/>.</param>
/// <param name="Visible">Share of the reference that is inside the picture.</param>
/// <param name="Covered">Share of the picture that is inside the reference.</param>
/// <param name="Differing">Share of the pixels where both are whose grey levels differ by more than half the reference's contrast.</param>
internal readonly record struct FitMeasure(double Edges, double Local, double Visible, double Covered, double Differing)
{
    private const int Grid = 64;

    /// <summary>Both must be high: the first says that it is this part, the second that all of it is.</summary>
    public double Fit => Math.Min(Edges, Local);

    // Of the reference's contrast: a change over two pixels below it is taken for noise.
    private const double EdgeShare = 0.15;

    /// <param name="reference">The level for the fit.</param>
    /// <param name="contrast">Grey levels between the reference's dark and bright pixels.</param>
    /// <param name="picture">The level for the fit.</param>
    /// <param name="toPicture">From the full reference to the full picture.</param>
    public static FitMeasure Of(PlaneLevel reference, double contrast, PlaneLevel picture, in PlaneTransform toPicture)
    {
        var map = reference.FromFull.Invert().Then(toPicture).Then(picture.FromFull);
        var buffer = ArrayPool<float>.Shared.Rent(reference.Plane.Pixels.Length);
        var samples = buffer.AsSpan(0, reference.Plane.Pixels.Length);
        var moments = Sample(reference.Plane, picture.Plane, map, samples, out var inside);
        var edges = inside > 0 ? AtEdges(reference.Plane, samples, moments, contrast) : 0;
        var local = inside > 0 ? LocalFit.Of(reference.Plane, samples, moments, contrast) : 0;
        var differing = 0;
        var (gain, offset, limit) = ((float)moments.Gain, (float)moments.Offset, (float)(contrast / 2));
        for (var i = 0; i < samples.Length; i++)
        {
            // False for NaN.
            differing += Math.Abs((samples[i] * gain) + offset - reference.Plane.Pixels[i]) > limit ? 1 : 0;
        }

        ArrayPool<float>.Shared.Return(buffer);
        return new(
            edges,
            local,
            Overlap(reference.Plane, picture.Plane, map),
            Overlap(picture.Plane, reference.Plane, map.Invert()),
            inside > 0 ? (double)differing / inside : 1);
    }

    /// <summary>The correlation with pixels weighted by their gradient in either picture.</summary>
    private static double AtEdges(GreyPlane reference, ReadOnlySpan<float> samples, in Moments moments, double contrast)
    {
        double n = 0, sumR = 0, sumS = 0, sumRr = 0, sumSs = 0, sumRs = 0;
        var (width, pixels) = (reference.Width, reference.Pixels);
        var (gain, floor) = ((float)moments.Gain, (float)(EdgeShare * contrast));
        for (var y = 1; y < reference.Height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var gr = Math.Abs(pixels[at + 1] - pixels[at - 1]) + Math.Abs(pixels[at + width] - pixels[at - width]);
                var gs = gain * (Math.Abs(samples[at + 1] - samples[at - 1]) + Math.Abs(samples[at + width] - samples[at - width]));
                var weight = Math.Max(gr, gs) - floor;
                // False for NaN: at the rim of the picture.
                if (!(weight > 0))
                {
                    continue;
                }

                double r = pixels[at], s = samples[at];
                n += weight;
                sumR += weight * r;
                sumS += weight * s;
                sumRr += weight * r * r;
                sumSs += weight * s * s;
                sumRs += weight * r * s;
            }
        }

        return n > 0 ? Math.Max(0, Moments.Of(n, sumR, sumS, sumRr, sumSs, sumRs).Correlation) : 0;
    }

    /// <summary>Share of a plane's grid that is mapped into another.</summary>
    private static double Overlap(GreyPlane from, GreyPlane to, in PlaneTransform map)
    {
        var inside = 0;
        for (var row = 0; row < Grid; row++)
        {
            for (var column = 0; column < Grid; column++)
            {
                var (x, y) = map.Apply(((column + 0.5) * from.Width / Grid) - 0.5, ((row + 0.5) * from.Height / Grid) - 0.5);
                inside += x >= -0.5 && y >= -0.5 && x <= to.Width - 0.5 && y <= to.Height - 0.5 ? 1 : 0;
            }
        }

        return (double)inside / (Grid * Grid);
    }

    private static unsafe Moments Sample(GreyPlane reference, GreyPlane picture, in PlaneTransform map, Span<float> samples, out int inside)
    {
        double n = 0, sumR = 0, sumS = 0, sumRr = 0, sumSs = 0, sumRs = 0;
        var width = picture.Width;
        var (right, bottom) = (picture.Width - 1f, picture.Height - 1f);
        fixed (byte* pixels = picture.Pixels)
        {
            for (var y = 0; y < reference.Height; y++)
            {
                float rowN = 0, rowR = 0, rowS = 0, rowRr = 0, rowSs = 0, rowRs = 0;
                var target = samples.Slice(y * reference.Width, reference.Width);
                var values = reference.Pixels.AsSpan(y * reference.Width, reference.Width);
                var (a, d, g) = ((float)map.A, (float)map.D, (float)map.G);
                var (b, e, h) = ((float)((map.B * y) + map.C), (float)((map.E * y) + map.F), (float)((map.H * y) + 1));
                for (var x = 0; x < target.Length; x++)
                {
                    var w = (g * x) + h;
                    var (u, v) = ((a * x) + b, (d * x) + e);
                    if (w != 1)
                    {
                        (u, v) = (u / w, v / w);
                    }

                    if (!(u >= 0 && v >= 0 && u < right && v < bottom))
                    {
                        target[x] = float.NaN;
                        continue;
                    }

                    var (column, row) = ((int)u, (int)v);
                    var (du, dv) = (u - column, v - row);
                    var p = pixels + (row * width) + column;
                    var upper = p[0] + ((p[1] - p[0]) * du);
                    var lower = p[width] + ((p[width + 1] - p[width]) * du);
                    var s = upper + ((lower - upper) * dv);
                    target[x] = s;
                    float r = values[x];
                    rowN++;
                    rowR += r;
                    rowS += s;
                    rowRr += r * r;
                    rowSs += s * s;
                    rowRs += r * s;
                }

                n += rowN;
                sumR += rowR;
                sumS += rowS;
                sumRr += rowRr;
                sumSs += rowSs;
                sumRs += rowRs;
            }
        }

        inside = (int)n;
        return n > 0 ? Moments.Of(n, sumR, sumS, sumRr, sumSs, sumRs) : default;
    }
}
