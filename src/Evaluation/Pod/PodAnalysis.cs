using MathNet.Numerics;

namespace Chitti.Evaluation;

/// <summary>
/// Probability of detection against the size of the defect, from targets that were found or missed (hit/miss), for one class
/// (MIL-HDBK-1823A; ASTM E2862). It refuses rather than give a curve that the targets don't support.
/// </summary>
public static class PodAnalysis
{
    /// <summary>The fewest targets of a hit/miss study (MIL-HDBK-1823A; ASTM E2862).</summary>
    public const int MinTargets = 60;

    /// <summary>
    /// The p-value below which a curve counts as levelling off below 1: one of twenty sound studies is refused by it, in
    /// exchange for the most power to find the unsound.
    /// </summary>
    public const double AsymptoteLevel = 0.05;

    private const int CurvePoints = 30;

    // ln(0.9 / 0.1)
    private static readonly double _logit90 = Math.Log(9);

    /// <summary>Fits the curve of one class, in pixels and, if every target has a calibration, in millimetres.</summary>
    /// <param name="targets">All real defects of the class in the test set, in any order; each is independent of the others.</param>
    /// <exception cref="ArgumentException">A size or a calibration isn't a finite number above 0.</exception>
    public static PodResult Fit(IReadOnlyList<PodTarget> targets)
    {
        foreach (var target in targets)
        {
            if (!(target.Size > 0 && double.IsFinite(target.Size)) || target.MillimetresPerPixel is { } scale && !(scale > 0 && double.IsFinite(scale)))
            {
                throw new ArgumentException($"{target} must have a size, and a calibration if any, above 0", nameof(targets));
            }
        }

        var (pixels, fitted) = Fit("px", [.. targets.Select(target => (target.Size, target.Hit))], null);
        var without = targets.Count(target => target.MillimetresPerPixel is null);
        if (without > 0 || targets.Count == 0)
        {
            return new(pixels, null, without == targets.Count
                ? "no picture has a calibration"
                : $"{without} of {targets.Count} targets have no calibration; leaving them out would change the curve");
        }

        var hasOneScale = targets.DistinctBy(target => target.MillimetresPerPixel).Count() == 1;
        return new(pixels, Fit("mm", [.. targets.Select(target => (target.Size * target.MillimetresPerPixel!.Value, target.Hit))], hasOneScale ? fitted : null).Outcome, null);
    }

    /// <param name="unit">Of the sizes.</param>
    /// <param name="targets">In any order.</param>
    /// <param name="same">The curve of the same targets in another unit, which is the same over u; null to fit it.</param>
    private static (PodOutcome Outcome, FittedCurve? Fitted) Fit(string unit, List<(double Size, bool Hit)> targets, FittedCurve? same)
    {
        targets.Sort((one, other) => one.Size.CompareTo(other.Size));
        var outcome = new PodOutcome(unit, targets.Count, targets.Count(target => target.Hit), null, null, null, null);
        if (targets.Count > 0)
        {
            outcome = outcome with { Smallest = targets[0].Size, Largest = targets[^1].Size };
        }

        if (PodRefusals.BeforeFit(outcome, targets) is { } refusal)
        {
            return (outcome with { Refusal = refusal }, null);
        }

        var data = new HitMissData(targets);
        var fit = same?.Fit ?? LogitFit.Maximise(data);
        if (!fit.RisesWithSize)
        {
            return (outcome with { Refusal = PodRefusals.NoEffectOfSize(outcome, fit.Slope / data.Spread) }, null);
        }

        var asymptote = same?.Asymptote ?? AsymptoteTest.Run(data, fit);
        if (asymptote.PValue < AsymptoteLevel)
        {
            return (outcome with { Refusal = PodRefusals.LevelsOff(outcome, asymptote, [.. targets.Where(target => !target.Hit && fit.Logit(data.ToU(target.Size)) > _logit90)]) }, null);
        }

        var fitted = same ?? new(fit, asymptote, Curve(outcome, data, fit));
        return (outcome with { Fit = Describe(outcome, targets, data, fitted) }, fitted);
    }

    private static PodFit Describe(PodOutcome outcome, List<(double Size, bool Hit)> targets, HitMissData data, FittedCurve fitted)
    {
        var fit = fitted.Fit;

        // From (level, slope) over u to (b0, b1) over ln a: b1 = slope / s, b0 = level - m / s * slope.
        var (m, s, v) = (data.Mean, data.Spread, fit.Covariance);
        var b1 = fit.Slope / s;
        var covariance = new PodCovariance(
            v[0, 0] - 2 * m / s * v[0, 1] + m * m / (s * s) * v[1, 1], v[0, 1] / s - m / (s * s) * v[1, 1], v[1, 1] / (s * s));
        var limit = data.ToU(outcome.Largest!.Value);
        var ratio = Size(fit.LowerBoundReaches(_logit90, limit));
        var wald = Size(fit.LowerWaldReaches(_logit90, limit));
        var above = ratio.Value is { } from ? PodCount.Of([.. targets.Where(target => target.Size >= from).Select(target => target.Hit)]) : null;
        return new(
            fit.Level - m * b1,
            b1,
            covariance,
            fit.LogLikelihood,
            Size(-fit.Level / fit.Slope),
            Size((_logit90 - fit.Level) / fit.Slope),
            ratio,
            wald,
            above,
            fitted.Asymptote,
            [.. PodRemarks.Of(outcome, ratio, wald, above)],
            [.. fitted.Curve.Select(point => point with { Size = data.ToSize(point.Size) })]);

        PodSize Size(double? u)
        {
            if (u is null || u > limit)
            {
                return new(null, $"above the largest target of {outcome.Largest:0.####} {outcome.Unit}: add larger targets, or more targets in all");
            }

            var size = data.ToSize(u.Value);
            return size < outcome.Smallest
                ? new(null, $"below the smallest target of {outcome.Smallest:0.####} {outcome.Unit}: add smaller targets")
                : new(size, null);
        }
    }

    private static PodPoint[] Curve(PodOutcome outcome, HitMissData data, LogitFit fit) =>
    [
        .. Generate.LinearSpaced(CurvePoints, data.ToU(outcome.Smallest!.Value), data.ToU(outcome.Largest!.Value)).Select(u =>
        {
            var (lower, upper) = fit.Bounds(u);
            var (lowerWald, upperWald) = fit.WaldBounds(u);
            return new PodPoint(
                u, SpecialFunctions.Logistic(fit.Logit(u)), SpecialFunctions.Logistic(lower), SpecialFunctions.Logistic(upper),
                SpecialFunctions.Logistic(lowerWald), SpecialFunctions.Logistic(upperWald));
        }),
    ];

    /// <param name="Fit">The curve over u.</param>
    /// <param name="Asymptote">The test for a curve that levels off.</param>
    /// <param name="Curve">Its points, with u as their size.</param>
    private sealed record FittedCurve(LogitFit Fit, PodAsymptote Asymptote, PodPoint[] Curve);
}
