using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using MathNet.Numerics.RootFinding;

namespace Chitti.Evaluation;

/// <summary>
/// The logit model of hits against u, fitted by maximum likelihood, with confidence bounds by the likelihood ratio and by
/// Wald's method. The maximum must exist: the data aren't separated.
/// </summary>
internal sealed class LogitFit
{
    /// <summary>5 % on one side.</summary>
    private static readonly double _z = Normal.InvCDF(0, 1, 0.95);

    // Both sides of chi-square with one degree of freedom together leave 10 %, so each leaves 5 %. Equal to _z squared.
    private static readonly double _critical = ChiSquared.InvCDF(1, 0.90);

    private readonly HitMissData _data;

    private LogitFit(HitMissData data, Vector<double> maximum, Matrix<double> covariance)
    {
        _data = data;
        (Level, Slope) = (maximum[0], maximum[1]);
        Covariance = covariance;
        LogLikelihood = data.LogLikelihood(Level, Slope);
    }

    public double Level { get; }

    public double Slope { get; }

    /// <summary>Of level and slope.</summary>
    public Matrix<double> Covariance { get; }

    public double LogLikelihood { get; }

    public static LogitFit Maximise(HitMissData data)
    {
        // Per target, so that the tolerance doesn't depend on their number.
        var objective = ObjectiveFunction.GradientHessian(b =>
        {
            var score = data.Score(b[0], b[1]);
            return (-data.LogLikelihood(b[0], b[1]) / data.Count,
                Vector<double>.Build.Dense([-score.Level / data.Count, -score.Slope / data.Count]),
                Information(score) / data.Count);
        });
        var start = Math.Log((double)data.Hits / (data.Count - data.Hits));
        var maximum = new NewtonMinimizer(1e-9, 1000, true).FindMinimum(objective, Vector<double>.Build.Dense([start, 0])).MinimizingPoint;
        return new(data, maximum, Information(data.Score(maximum[0], maximum[1])).Inverse());
    }

    /// <summary>Whether larger targets are found more often, beyond what chance explains in 19 of 20 sets.</summary>
    public bool RisesWithSize => Slope > 0 && 2 * (LogLikelihood - _data.LogLikelihoodWithoutSize()) > _critical;

    public double Logit(double u) => Level + Slope * u;

    /// <summary>The standard error of the logit at u.</summary>
    private double Error(double u) => Math.Sqrt(Covariance[0, 0] + 2 * u * Covariance[0, 1] + u * u * Covariance[1, 1]);

    /// <summary>
    /// The u at which the lower likelihood-ratio bound of the logit reaches a value; null if it doesn't up to a limit. Only if
    /// the curve rises with size.
    /// </summary>
    public double? LowerBoundReaches(double logit, double limit) => Reaches(u => Ratio(u, logit) - _critical, logit, limit);

    /// <summary>The same by Wald's method.</summary>
    public double? LowerWaldReaches(double logit, double limit) => Reaches(u => Logit(u) - _z * Error(u) - logit, logit, limit);

    /// <summary>The bounds of the logit at u by the likelihood ratio.</summary>
    public (double Lower, double Upper) Bounds(double u)
    {
        var step = _z * Error(u);
        return (Root(logit => Ratio(u, logit) - _critical, Logit(u), -step), Root(logit => Ratio(u, logit) - _critical, Logit(u), step));
    }

    /// <summary>The bounds of the logit at u by Wald's method.</summary>
    public (double Lower, double Upper) WaldBounds(double u) => (Logit(u) - _z * Error(u), Logit(u) + _z * Error(u));

    /// <summary>Twice the logarithm of the likelihood ratio of the maximum to the best curve through a point.</summary>
    private double Ratio(double u, double logit)
    {
        // Of the curves through the point only the slope is free, and its likelihood has one maximum. The scale keeps the
        // tolerance above rounding, far from the targets too.
        var scale = _data.Count * (1 + u * u);
        var (at, last) = (double.NaN, (Score: 0.0, Derivative: 0.0));
        (double Score, double Derivative) At(double slope)
        {
            // The search asks for both, one after the other.
            if (slope == at)
            {
                return last;
            }

            at = slope;
            var score = _data.Score(logit - slope * u, slope);
            return last = ((score.Slope - u * score.Level) / scale, -(score.InfoSlope - 2 * u * score.InfoCross + u * u * score.InfoLevel) / scale);
        }

        var width = Math.Max(Slope / 4, 1e-3);
        var (low, high) = (Slope - width, Slope + width);
        while (At(low).Score < 0)
        {
            width *= 2;
            (low, high) = (low - width, low);
        }

        while (At(high).Score > 0)
        {
            width *= 2;
            (low, high) = (high, high + width);
        }

        var best = RobustNewtonRaphson.FindRoot(slope => At(slope).Score, slope => At(slope).Derivative, low, high, 1e-10, 200, 20);
        return 2 * (LogLikelihood - _data.LogLikelihood(logit - best * u, best));
    }

    // The function is below 0 at the estimate. With a slight slope it reaches 0 very far away, where nothing was tested.
    private double? Reaches(Func<double, double> function, double logit, double limit)
    {
        var estimate = (logit - Level) / Slope;
        if (estimate >= limit || function(limit) < 0)
        {
            return null;
        }

        return Root(function, estimate, Math.Min(Error(estimate) * _z / Slope, limit - estimate));
    }

    // The function is below 0 at the start, and rises in the direction of the step.
    private static double Root(Func<double, double> function, double start, double step)
    {
        var (near, far) = (start, start + step);
        while (function(far) < 0)
        {
            step *= 2;
            (near, far) = (far, start + step);
        }

        return Brent.FindRoot(function, Math.Min(near, far), Math.Max(near, far), 1e-10 * Math.Max(1, Math.Abs(far)), 200);
    }

    private static Matrix<double> Information((double, double, double Level, double Cross, double Slope) score) =>
        Matrix<double>.Build.DenseOfArray(new[,] { { score.Level, score.Cross }, { score.Cross, score.Slope } });
}
