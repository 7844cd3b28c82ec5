using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Chitti.Evaluation;

/// <summary>Tests whether a curve levels off below 1.</summary>
internal static class AsymptoteTest
{
    // The likelihood can have more than one maximum. A slight and a marked levelling-off find the highest in practice.
    private static readonly double[] _starts = [0.99, 0.95, 0.85, 0.7];

    public static PodAsymptote Run(HitMissData data, LogitFit fit)
    {
        // The best point seen counts, even if the search ends before it converges.
        var (best, estimate) = (fit.LogLikelihood, 1.0);
        double Minus(Vector<double> b)
        {
            var asymptote = SpecialFunctions.Logistic(b[2]);
            var value = data.LogLikelihood(b[0], b[1], asymptote);
            if (value > best)
            {
                (best, estimate) = (value, asymptote);
            }

            return -value;
        }

        foreach (var start in _starts)
        {
            try
            {
                NelderMeadSimplex.Minimum(
                    ObjectiveFunction.Value(Minus),
                    Vector<double>.Build.Dense([fit.Level * 1.2, fit.Slope * 1.2, Math.Log(start / (1 - start))]),
                    Vector<double>.Build.Dense([0.5, Math.Max(fit.Slope * 0.3, 0.1), 0.5]),
                    1e-7,
                    2000);
            }
            catch (MaximumIterationsException)
            {
                // The likelihood is flat near A = 1.
            }
        }

        var ratio = Math.Max(0, 2 * (best - fit.LogLikelihood));
        return ratio < 1e-6 ? new(1, 0, 1) : new(estimate, ratio, 0.5 * (1 - ChiSquared.CDF(1, ratio)));
    }
}
