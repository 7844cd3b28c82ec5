using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Chitti.Inference;

/// <summary>
/// Mean and covariance of a model's features over the pictures of a training, and how far a vector may be from them: the
/// Mahalanobis distance (P. C. Mahalanobis, 1936), the square root of (x - mean)' covariance^-1 (x - mean).
/// </summary>
public sealed class FeatureStatistics
{
    // Row by row, the inverse of the lower Cholesky factor of the covariance: distance = |factor (x - mean)|.
    private readonly double[][] _factor;

    private FeatureStatistics(double[] mean, Matrix<double> covariance, double limit, double[][] factor)
    {
        (Mean, Covariance, Limit, _factor) = (mean, covariance, limit, factor);
    }

    /// <summary>One value for each channel.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>Symmetric and positive definite.</summary>
    internal Matrix<double> Covariance { get; }

    /// <summary>Largest distance, above 0.</summary>
    public double Limit { get; }

    /// <param name="mean">One value for each channel.</param>
    /// <param name="covariance">Symmetric, of as many rows as channels.</param>
    /// <param name="limit">Largest distance.</param>
    /// <exception cref="ArgumentException">The covariance is not positive definite.</exception>
    internal static FeatureStatistics Create(double[] mean, Matrix<double> covariance, double limit)
    {
        var lower = covariance.Cholesky().Factor;
        var inverse = lower.Solve(Matrix<double>.Build.DenseIdentity(mean.Length));
        double[][] factor = [.. Enumerable.Range(0, mean.Length).Select(row => inverse.Row(row, 0, row + 1).ToArray())];
        return Array.TrueForAll(factor, row => Array.TrueForAll(row, double.IsFinite))
            ? new(mean, covariance, limit, factor)
            : throw new ArgumentException("The covariance can't be inverted.");
    }

    /// <summary>The distance of one vector.</summary>
    /// <param name="vector">One value for each channel.</param>
    public double Distance(ReadOnlySpan<float> vector)
    {
        Span<double> difference = vector.Length <= 1024 ? stackalloc double[vector.Length] : new double[vector.Length];
        TensorPrimitives.ConvertChecked(vector, difference);
        TensorPrimitives.Subtract(difference, (double[])Mean, difference);
        var sum = 0.0;
        foreach (var row in _factor)
        {
            var along = TensorPrimitives.Dot<double>(row, difference[..row.Length]);
            sum += along * along;
        }

        return Math.Sqrt(sum);
    }
}
