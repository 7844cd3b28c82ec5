namespace Chitti.Evaluation.Tests;

/// <summary>Against published fits, and bounds that another program computed.</summary>
public class PodExamplesTests
{
    // Bliss (1935): beetles killed by carbon disulphide, by the logarithm of the dose; a beetle is a target, a death a hit.
    private static readonly (double LogDose, int Beetles, int Killed)[] _bliss =
    [
        (1.6907, 59, 6), (1.7242, 60, 13), (1.7552, 62, 18), (1.7842, 56, 28),
        (1.8113, 63, 52), (1.8369, 59, 53), (1.8610, 62, 61), (1.8839, 60, 60),
    ];

    [Fact]
    public void Fit_BeetlesOfBliss_GivesThePublishedEstimatesAndErrors()
    {
        var targets = _bliss.SelectMany(group => Enumerable.Range(0, group.Beetles)
            .Select(i => new PodTarget(Math.Exp(group.LogDose), i < group.Killed))).ToList();

        var fit = PodAnalysis.Fit(targets).Pixels.Fit!;

        // Dobson, An Introduction to Generalized Linear Models, table 7.4: -60.72 (5.18) and 34.27 (2.91).
        Assert.Equal(-60.717, fit.B0, 0.001);
        Assert.Equal(34.270, fit.B1, 0.001);
        Assert.Equal(5.181, Math.Sqrt(fit.Covariance.B0), 0.001);
        Assert.Equal(2.912, Math.Sqrt(fit.Covariance.B1), 0.001);
        Assert.Equal(1.77172, Math.Log(fit.A50.Value!.Value), 0.00001);

        // By bisection and golden section in another program.
        Assert.Equal(1.846771314486834, Math.Log(fit.A9095.Value!.Value), 1e-7);
        Assert.Equal(1.8473293090088632, Math.Log(fit.A9095Wald.Value!.Value), 1e-7);
    }

    [Fact]
    public void Fit_HandbookExampleByLength_GivesTheBoundsOfAnotherProgram()
    {
        var outcome = PodAnalysis.Fit(HandbookExample.ByLength).Pixels;
        var fit = outcome.Fit!;

        Assert.Equal((134, 92), (outcome.Targets, outcome.Hits));
        Assert.Equal(10.412385501287005, fit.B0, 1e-6);
        Assert.Equal(4.688037858179543, fit.B1, 1e-6);
        Assert.Equal(1.3235639467086104, fit.Covariance.B0B1, 1e-5);
        Assert.Equal(0.1084946890159173, fit.A50.Value!.Value, 1e-7);
        Assert.Equal(0.17336317770317536, fit.A90.Value!.Value, 1e-7);
        Assert.Equal(0.20322901017664535, fit.A9095.Value!.Value, 1e-7);
        Assert.Equal(0.20765653284941568, fit.A9095Wald.Value!.Value, 1e-7);
    }

    [Fact]
    public void LogitFit_HandbookExampleByDepth_GivesThePublishedEstimates()
    {
        var data = new HitMissData([.. HandbookExample.ByDepth.Select(target => (target.Size, target.Hit))]);

        var fit = LogitFit.Maximise(data);

        // The expected values of JASP's test of its probability-of-detection analysis.
        Assert.Equal(4.39007841700679, fit.Slope / data.Spread, 1e-6);
        Assert.Equal(17.6573206618451, fit.Level - fit.Slope * data.Mean / data.Spread, 1e-6);
        Assert.Equal(0.035766429820547695, data.ToSize(fit.LowerBoundReaches(Math.Log(9), 10)!.Value), 1e-7);
    }

    [Fact]
    public void AsymptoteTest_HandbookExampleByDepth_HalvesTheProbabilityOfChiSquare()
    {
        var data = new HitMissData([.. HandbookExample.ByDepth.Select(target => (target.Size, target.Hit))]);

        var asymptote = AsymptoteTest.Run(data, LogitFit.Maximise(data));

        // A search over a grid in another program: a ratio of 8.956 at A = 0.975. Chi-square exceeds that in 0.28 % of cases.
        Assert.Equal(0.975, asymptote.Estimate, 0.003);
        Assert.Equal(8.956, asymptote.LikelihoodRatio, 0.01);
        Assert.Equal(0.00138, asymptote.PValue, 0.00002);
    }

    [Fact]
    public void LowerBound_LimitBelowIt_IsNotReached()
    {
        var data = new HitMissData([.. HandbookExample.ByLength.Select(target => (target.Size, target.Hit))]);
        var fit = LogitFit.Maximise(data);
        var (ratio, wald) = (data.ToU(0.20322901017664535), data.ToU(0.20765653284941568));

        Assert.Null(fit.LowerBoundReaches(Math.Log(9), ratio - 0.001));
        Assert.NotNull(fit.LowerBoundReaches(Math.Log(9), ratio + 0.001));
        Assert.Null(fit.LowerWaldReaches(Math.Log(9), wald - 0.001));
        Assert.NotNull(fit.LowerWaldReaches(Math.Log(9), wald + 0.001));
        Assert.Null(fit.LowerBoundReaches(Math.Log(9), -10));
    }

    [Fact]
    public void Fit_HandbookExampleByDepth_RefusesForTheMissOfTheDeepestCrack()
    {
        var refusal = PodAnalysis.Fit(HandbookExample.ByDepth).Pixels.Refusal!;

        Assert.Equal(PodRefusalReason.LevelsOff, refusal.Reason);
        Assert.Contains("found in 9 of 10 cases: 0.1, 0.033 px", refusal.Message, StringComparison.Ordinal);
    }
}
