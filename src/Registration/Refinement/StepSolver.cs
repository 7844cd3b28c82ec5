namespace Chitti.Registration;

/// <summary>Solves the normal equations of an alignment for the parameters of its kind of motion.</summary>
internal static class StepSolver
{
    // Which of the eight parameters each unknown moves, and by how much.
    private static readonly (int Parameter, double Factor)[][] _similarity = [[(0, 1), (4, 1)], [(1, -1), (3, 1)], [(2, 1)], [(5, 1)]];
    private static readonly (int Parameter, double Factor)[][] _affine = [.. Enumerable.Range(0, 6).Select(i => new[] { (i, 1.0) })];
    private static readonly (int Parameter, double Factor)[][] _projective = [.. Enumerable.Range(0, 8).Select(i => new[] { (i, 1.0) })];

    /// <param name="normal">8 x 8, symmetric.</param>
    /// <param name="right">8 values.</param>
    /// <param name="motion">Which parameters may change.</param>
    /// <param name="step">The eight parameters; those that may not change are 0.</param>
    /// <returns>False if the points don't determine the parameters.</returns>
    public static bool Solve(ReadOnlySpan<double> normal, ReadOnlySpan<double> right, Motion motion, Span<double> step)
    {
        var unknowns = motion switch { Motion.Similarity => _similarity, Motion.Affine => _affine, _ => _projective };
        var n = unknowns.Length;
        Span<double> matrix = stackalloc double[n * n];
        Span<double> values = stackalloc double[n];
        for (var i = 0; i < n; i++)
        {
            foreach (var (parameter, factor) in unknowns[i])
            {
                values[i] += factor * right[parameter];
                for (var j = 0; j < n; j++)
                {
                    foreach (var (other, weight) in unknowns[j])
                    {
                        matrix[(i * n) + j] += factor * weight * normal[(8 * parameter) + other];
                    }
                }
            }
        }

        step.Clear();
        if (!SolveCholesky(matrix, values, n))
        {
            return false;
        }

        for (var i = 0; i < n; i++)
        {
            foreach (var (parameter, factor) in unknowns[i])
            {
                step[parameter] += factor * values[i];
            }
        }

        return true;
    }

    private static bool SolveCholesky(Span<double> a, Span<double> b, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[(i * n) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= a[(i * n) + k] * a[(j * n) + k];
                }

                if (i == j)
                {
                    // Relative to the diagonal: float sums carry no more digits than that.
                    if (!(sum > 1e-6 * a[(i * n) + i]))
                    {
                        return false;
                    }

                    a[(i * n) + i] = Math.Sqrt(sum);
                }
                else
                {
                    a[(i * n) + j] = sum / a[(j * n) + j];
                }
            }

            var value = b[i];
            for (var k = 0; k < i; k++)
            {
                value -= a[(i * n) + k] * b[k];
            }

            b[i] = value / a[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var value = b[i];
            for (var k = i + 1; k < n; k++)
            {
                value -= a[(k * n) + i] * b[k];
            }

            b[i] = value / a[(i * n) + i];
        }

        return true;
    }
}
