using MathNet.Numerics;

namespace Chitti.Evaluation;

/// <summary>
/// Targets as a logit model reads them. u = (ln a - Mean) / Spread, which keeps the fit well conditioned in any unit.
/// </summary>
internal sealed class HitMissData
{
    private readonly double[] _u;
    private readonly bool[] _hit;

    public HitMissData(IReadOnlyList<(double Size, bool Hit)> targets)
    {
        Mean = targets.Average(target => Math.Log(target.Size));
        Spread = Math.Sqrt(targets.Average(target => Math.Pow(Math.Log(target.Size) - Mean, 2)));
        _u = [.. targets.Select(target => ToU(target.Size))];
        _hit = [.. targets.Select(target => target.Hit)];
    }

    public double Mean { get; }

    public double Spread { get; }

    public int Count => _u.Length;

    public int Hits => _hit.Count(hit => hit);

    public double ToU(double size) => (Math.Log(size) - Mean) / Spread;

    public double ToSize(double u) => Math.Exp(Mean + Spread * u);

    /// <summary>The logarithm of the likelihood of POD = asymptote / (1 + exp(-(level + slope * u))).</summary>
    public double LogLikelihood(double level, double slope, double asymptote = 1)
    {
        var sum = 0.0;
        for (var i = 0; i < _u.Length; i++)
        {
            var logit = level + slope * _u[i];
            // log(1 - A p) = log(1 - p + (1 - A) p), which stays exact where p is near 1.
            sum += _hit[i] ? Math.Log(asymptote) - SoftPlus(-logit)
                : asymptote == 1 ? -SoftPlus(logit)
                : Math.Log(SpecialFunctions.Logistic(-logit) + (1 - asymptote) * SpecialFunctions.Logistic(logit));
        }

        return sum;
    }

    /// <summary>The logarithm of the likelihood if size has no effect.</summary>
    public double LogLikelihoodWithoutSize()
    {
        var logit = Math.Log((double)Hits / (Count - Hits));
        return LogLikelihood(logit, 0);
    }

    /// <summary>The derivatives of the log-likelihood by level and slope, and the Fisher information.</summary>
    public (double Level, double Slope, double InfoLevel, double InfoCross, double InfoSlope) Score(double level, double slope)
    {
        double byLevel = 0, bySlope = 0, infoLevel = 0, infoCross = 0, infoSlope = 0;
        for (var i = 0; i < _u.Length; i++)
        {
            var pod = SpecialFunctions.Logistic(level + slope * _u[i]);
            var rest = (_hit[i] ? 1 : 0) - pod;
            var weight = pod * (1 - pod);
            byLevel += rest;
            bySlope += rest * _u[i];
            infoLevel += weight;
            infoCross += weight * _u[i];
            infoSlope += weight * _u[i] * _u[i];
        }

        return (byLevel, bySlope, infoLevel, infoCross, infoSlope);
    }

    // log(1 + exp(x)) without overflow.
    private static double SoftPlus(double x) => Math.Max(x, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(x)));
}
