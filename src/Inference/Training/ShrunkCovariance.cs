using MathNet.Numerics.LinearAlgebra;

namespace Chitti.Inference;

/// <summary>
/// Mean and covariance of vectors; the covariance is drawn towards a multiple of the identity by as much as makes the expected
/// error least (O. Ledoit and M. Wolf, A well-conditioned estimator for large-dimensional covariance matrices, 2004). So it can be
/// inverted even where channels never vary.
/// </summary>
internal static class ShrunkCovariance
{
    public static (double[] Mean, Matrix<double> Covariance) Of(IReadOnlyList<float[]> vectors)
    {
        var (count, channels) = (vectors.Count, vectors[0].Length);
        var data = Matrix<double>.Build.Dense(count, channels, (row, column) => vectors[row][column]);
        var mean = data.ColumnSums() / count;
        data.MapIndexedInplace((_, column, value) => value - mean[column]);
        var sample = data.TransposeThisAndMultiply(data) / count;

        // Norms are of the matrix, divided by the number of channels, as in the paper.
        var scale = sample.Trace() / channels;
        var identity = Matrix<double>.Build.DiagonalIdentity(channels) * scale;
        var distance = Square((sample - identity).FrobeniusNorm()) / channels;
        var fourth = data.EnumerateRows().Sum(row => Square(row.DotProduct(row))) / count;
        var error = (fourth - Square(sample.FrobeniusNorm())) / count / channels;
        var share = distance > 0 ? Math.Clamp(error / distance, 0, 1) : 1;
        return ([.. mean], (sample * (1 - share)) + (identity * share));
    }

    private static double Square(double value) => value * value;
}
