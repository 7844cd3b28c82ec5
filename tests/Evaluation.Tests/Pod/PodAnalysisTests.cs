namespace Chitti.Evaluation.Tests;

public class PodAnalysisTests
{
    private static readonly List<PodTarget> _sound = Simulated.Targets(new Random(12), 120);

    [Fact]
    public void Fit_SoundTargets_GivesACurveWithinItsBounds()
    {
        var outcome = PodAnalysis.Fit(_sound).Pixels;

        var fit = outcome.Fit!;
        Assert.Null(outcome.Refusal);
        Assert.Equal((120, _sound.Count(target => target.Hit)), (outcome.Targets, outcome.Hits));
        Assert.True(fit.A50.Value < fit.A90.Value && fit.A90.Value < fit.A9095.Value && fit.A90.Value < fit.A9095Wald.Value);
        Assert.Equal(outcome.Smallest!.Value, fit.Curve[0].Size, 1e-9);
        Assert.Equal(outcome.Largest!.Value, fit.Curve[^1].Size, 1e-9);
        Assert.All(fit.Curve, point => Assert.True(point.Lower < point.Pod && point.Pod < point.Upper && point.LowerWald < point.Pod && point.Pod < point.UpperWald));
        Assert.All(fit.Curve.Zip(fit.Curve.Skip(1)), pair => Assert.True(pair.First.Size < pair.Second.Size && pair.First.Pod < pair.Second.Pod));
    }

    [Fact]
    public void Fit_SoundTargets_ReachesTheLowerBoundAtA9095()
    {
        var fit = PodAnalysis.Fit(_sound).Pixels.Fit!;

        var before = fit.Curve.Last(point => point.Size < fit.A9095.Value);
        var after = fit.Curve.First(point => point.Size >= fit.A9095.Value);
        Assert.True(before.Lower < 0.9 && after.Lower >= 0.9);
        before = fit.Curve.Last(point => point.Size < fit.A9095Wald.Value);
        after = fit.Curve.First(point => point.Size >= fit.A9095Wald.Value);
        Assert.True(before.LowerWald < 0.9 && after.LowerWald >= 0.9);
    }

    [Fact]
    public void Fit_SoundTargets_CountsThoseFromA9095On()
    {
        var fit = PodAnalysis.Fit(_sound).Pixels.Fit!;

        var above = _sound.Where(target => target.Size >= fit.A9095.Value).ToList();
        Assert.Equal((above.Count, above.Count(target => target.Hit)), (fit.Above!.Targets, fit.Above.Hits));
        Assert.InRange(fit.Above.Lower, 0.5, (double)fit.Above.Hits / fit.Above.Targets);
    }

    [Theory]
    [InlineData(29, 29, 0.9019)]
    [InlineData(28, 28, 0.8985)]
    [InlineData(45, 46, 0.9009)]
    [InlineData(0, 5, 0)]
    public void PodCount_Hits_GivesTheLowerBoundOfClopperAndPearson(int hits, int targets, double lower) =>
        Assert.Equal(lower, PodCount.Of([.. Enumerable.Range(0, targets).Select(i => i < hits)]).Lower, 0.0001);

    [Fact]
    public void Fit_FewTargetsFromA9095On_RemarksThatTheFormOfTheCurveDecides()
    {
        var fit = PodAnalysis.Fit(_sound).Pixels.Fit!;

        Assert.Contains(fit.Remarks, remark => remark.Contains($"there are {fit.Above!.Targets} targets, of which {fit.Above.Hits} were found", StringComparison.Ordinal));
        Assert.Contains(fit.Remarks, remark => remark.Contains("accept by the larger", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_ManyTargets_RemarksNothing() =>
        Assert.Empty(PodAnalysis.Fit(Simulated.Targets(new Random(20), 1000)).Pixels.Fit!.Remarks);

    [Fact]
    public void Fit_SlopeBarelyCertain_GivesNoA9095FarBeyondTheTargets()
    {
        // Two thirds of the small ones are found and seven eighths of the large: the lower bound reaches 90 % only at sizes nobody has seen.
        var outcome = PodAnalysis.Fit([.. Enumerable.Range(1, 120).Select(size => new PodTarget(size, size % (size > 40 ? 8 : 3) != 0))]).Pixels;

        Assert.NotNull(outcome.Fit);
        Assert.Null(outcome.Fit.A9095.Value);
        Assert.Null(outcome.Fit.A9095Wald.Value);
        Assert.NotNull(outcome.Fit.A9095.Reason);
    }

    [Fact]
    public void Fit_OneCalibration_ScalesSizesToMillimetres()
    {
        var result = PodAnalysis.Fit([.. _sound.Select(target => target with { MillimetresPerPixel = 0.05 })]);

        var (pixels, millimetres) = (result.Pixels.Fit!, result.Millimetres!.Fit!);
        Assert.Equal("mm", result.Millimetres.Unit);
        Assert.Equal(pixels.B1, millimetres.B1, 1e-6);
        Assert.Equal(pixels.A90.Value!.Value * 0.05, millimetres.A90.Value!.Value, 1e-7);
        Assert.Equal(pixels.A9095.Value!.Value * 0.05, millimetres.A9095.Value!.Value, 1e-7);
        Assert.All(pixels.Curve.Zip(millimetres.Curve), pair => Assert.Equal(pair.First.Size * 0.05, pair.Second.Size, 1e-7));
        Assert.Equal(result.Millimetres.Largest!.Value, millimetres.Curve[^1].Size, 1e-9);
    }

    [Fact]
    public void Fit_PicturesOfTwoScales_FitsMillimetresByThemselves()
    {
        var result = PodAnalysis.Fit([.. _sound.Select((target, i) => target with { MillimetresPerPixel = i % 2 == 0 ? 0.05 : 0.2 })]);

        Assert.NotEqual(result.Pixels.Fit!.B1, result.Millimetres!.Fit?.B1 ?? 0, 0.01);
    }

    [Theory]
    [InlineData(0, "no picture has a calibration")]
    [InlineData(119, "1 of 120 targets have no calibration")]
    public void Fit_CalibrationMissing_GivesNoMillimetres(int calibrated, string reason)
    {
        var result = PodAnalysis.Fit([.. _sound.Select((target, i) => target with { MillimetresPerPixel = i < calibrated ? 0.05 : null })]);

        Assert.NotNull(result.Pixels.Fit);
        Assert.Null(result.Millimetres);
        Assert.StartsWith(reason, result.NoMillimetres, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OtherOrder_GivesTheSameFigures()
    {
        var fit = PodAnalysis.Fit([.. _sound.AsEnumerable().Reverse()]).Pixels.Fit!;

        Assert.Equal(PodAnalysis.Fit(_sound).Pixels.Fit!.A9095.Value!.Value, fit.A9095.Value!.Value, 1e-9);
    }

    [Fact]
    public void Fit_LargestTargetBelowA9095_DoesNotExtrapolate()
    {
        var fit = PodAnalysis.Fit([.. Simulated.Targets(new Random(7), 250).Where(target => target.Size < 11)]).Pixels.Fit!;

        Assert.NotNull(fit.A50.Value);
        Assert.Null(fit.A9095.Value);
        Assert.Contains("above the largest target of", fit.A9095.Reason, StringComparison.Ordinal);
        Assert.Null(fit.Above);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Fit_SizeNotAboveZero_Throws(double size)
    {
        Assert.Throws<ArgumentException>(() => PodAnalysis.Fit([.. _sound, new(size, true)]));
        Assert.Throws<ArgumentException>(() => PodAnalysis.Fit([.. _sound, new(1, true, size)]));
    }
}
