using System.Runtime.Intrinsics;

namespace Chitti.Registration;

/// <summary>Which maps an alignment may reach.</summary>
internal enum Motion
{
    /// <summary>Shift, rotation and one scale.</summary>
    Similarity,

    /// <summary>Six parameters.</summary>
    Affine,

    /// <summary>Eight parameters.</summary>
    Projective,
}

/// <summary>Where an alignment ended.</summary>
/// <param name="ToPicture">Maps pixels of the reference to those of the picture, both at full size.</param>
/// <param name="Score">Correlation at the points, -1 to 1; -1 if too few are inside the picture.</param>
internal readonly record struct PointFit(PlaneTransform ToPicture, double Score);

/// <summary>
/// Refines a transform by the inverse compositional method (Baker and Matthews, Lucas-Kanade 20 Years On, 2004) at the
/// reference's points, with brightness and contrast divided out and points that don't agree, such as defects, weighted down.
/// </summary>
internal sealed unsafe class PointAlignment(GradientPoints points, PlaneLevel picture)
{
    /// <summary>Fewest points that say something.</summary>
    public const int MinPoints = 24;

    private const double MinShare = 0.3;

    // In pixels of the level.
    private const double Converged = 0.004;

    private readonly float[] _samples = new float[points.Count];
    private readonly float[] _weights = new float[points.Count];

    /// <summary>The correlation of a transform, without refining it.</summary>
    /// <param name="toPicture">From the full reference to the full picture.</param>
    /// <param name="minShare">Share of the points that must be inside the picture.</param>
    public double Score(in PlaneTransform toPicture, double minShare = MinShare) =>
        Sample(points.Normalisation.Then(toPicture)) is var inside && inside >= Math.Max(MinPoints, minShare * points.Count)
            ? Moments.Of(points.Value, _samples, weights: null).Correlation
            : -1;

    /// <summary>
    /// How well the points inside the picture determine shift, rotation and scale: the share of their gradients' energy that is
    /// left for the worst of the four parameters once the others are free. About 0 for stripes, which can be shifted along
    /// themselves.
    /// </summary>
    public double Determinacy(in PlaneTransform toPicture)
    {
        Span<double> normal = stackalloc double[64];
        Span<double> right = stackalloc double[8];
        Span<double> step = stackalloc double[8];
        _weights.AsSpan().Fill(1);
        Sample(points.Normalisation.Then(toPicture));
        Accumulate(Moments.Of(points.Value, _samples, _weights), normal, right);
        var energy = normal[(8 * 2) + 2] + normal[(8 * 5) + 5];
        var least = 1.0;
        foreach (var parameter in (ReadOnlySpan<int>)[0, 1, 2, 5])
        {
            right.Clear();
            right[parameter] = energy;
            least = StepSolver.Solve(normal, right, Motion.Similarity, step) ? Math.Min(least, 1 / Math.Abs(step[parameter])) : 0;
        }

        return least;
    }

    /// <summary>Refines from a start.</summary>
    public PointFit Refine(in PlaneTransform start, Motion motion, int maxIterations)
    {
        var map = points.Normalisation.Then(start);
        var toUnit = points.Normalisation.Invert();
        Span<double> normal = stackalloc double[64];
        Span<double> right = stackalloc double[8];
        Span<double> step = stackalloc double[8];
        _weights.AsSpan().Fill(1);
        for (var i = 0; i < maxIterations; i++)
        {
            if (Sample(map) < Math.Max(MinPoints, MinShare * points.Count))
            {
                return new(start, -1);
            }

            Accumulate(Moments.Of(points.Value, _samples, _weights), normal, right);
            if (!StepSolver.Solve(normal, right, motion, step))
            {
                break;
            }

            var update = new PlaneTransform(1 + step[0], step[1], step[2], step[3], 1 + step[4], step[5], step[6], step[7]);
            map = update.Invert().Then(map);
            if (!map.IsFinite)
            {
                return new(start, -1);
            }

            if (Largest(step) * points.Level.Plane.LongSide / 2 < Converged)
            {
                break;
            }
        }

        var result = toUnit.Then(map);
        return result.IsFinite ? new(result, Score(result)) : new(start, -1);
    }

    /// <summary>Samples the picture at each point; NaN outside it.</summary>
    /// <returns>The number inside.</returns>
    private int Sample(in PlaneTransform map)
    {
        var m = map.Then(picture.FromFull);
        var plane = picture.Plane;
        var (width, count) = (plane.Width, 0);
        var (right, bottom) = (plane.Width - 1f, plane.Height - 1f);
        var (a, b, c, d, e, f, g, h) = ((float)m.A, (float)m.B, (float)m.C, (float)m.D, (float)m.E, (float)m.F, (float)m.G, (float)m.H);
        fixed (byte* pixels = plane.Pixels)
        fixed (float* xs = points.X, ys = points.Y, samples = _samples)
        {
            for (var i = 0; i < points.Count; i++)
            {
                var (x, y) = (xs[i], ys[i]);
                var w = (g * x) + (h * y) + 1;
                var (u, v) = ((a * x) + (b * y) + c, (d * x) + (e * y) + f);
                if (w != 1)
                {
                    (u, v) = (u / w, v / w);
                }

                if (!(u >= 0 && v >= 0 && u < right && v < bottom))
                {
                    samples[i] = float.NaN;
                    continue;
                }

                var (column, row) = ((int)u, (int)v);
                var (du, dv) = (u - column, v - row);
                var p = pixels + ((long)row * width) + column;
                var upper = p[0] + ((p[1] - p[0]) * du);
                var lower = p[width] + ((p[width + 1] - p[width]) * du);
                samples[i] = upper + ((lower - upper) * dv);
                count++;
            }
        }

        return count;
    }

    /// <summary>Sums the weighted normal equations, and sets the weights for the next iteration.</summary>
    private void Accumulate(in Moments moments, Span<double> normal, Span<double> right)
    {
        var (gain, offset, limit) = ((float)moments.Gain, (float)moments.Offset, (float)(1 / moments.SquaredScale));
        Vector256<float> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default, r7 = default, sum = default;
        for (var i = 0; i < points.Count; i++)
        {
            var error = (_samples[i] * gain) + offset - points.Value[i];
            if (float.IsNaN(error))
            {
                _weights[i] = 1;
                continue;
            }

            var weight = 1 / (1 + (error * error * limit));
            _weights[i] = weight;
            var j = points.Steepest[i];
            var weighted = j * weight;
            sum += weighted * error;
            r0 += weighted * j[0];
            r1 += weighted * j[1];
            r2 += weighted * j[2];
            r3 += weighted * j[3];
            r4 += weighted * j[4];
            r5 += weighted * j[5];
            r6 += weighted * j[6];
            r7 += weighted * j[7];
        }

        ReadOnlySpan<Vector256<float>> rows = [r0, r1, r2, r3, r4, r5, r6, r7];
        for (var row = 0; row < 8; row++)
        {
            right[row] = sum[row];
            for (var column = 0; column < 8; column++)
            {
                normal[(8 * row) + column] = rows[row][column];
            }
        }
    }

    private static double Largest(ReadOnlySpan<double> step)
    {
        var largest = 0.0;
        foreach (var value in step)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
