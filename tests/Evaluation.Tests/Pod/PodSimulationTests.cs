namespace Chitti.Evaluation.Tests;

/// <summary>Against simulated studies with known parameters. The seeds are fixed, so each run gives the same figures.</summary>
public class PodSimulationTests
{
    [Fact]
    public void Maximise_ManyTargets_FindsTheParametersOfTheSimulation()
    {
        var data = Simulated.Data(new Random(1), 20_000);

        var fit = LogitFit.Maximise(data);

        var b1 = fit.Slope / data.Spread;
        var error = Math.Sqrt(fit.Covariance[1, 1]) / data.Spread;
        Assert.InRange(error, 0.01, 0.1);
        Assert.Equal(Simulated.B1, b1, 3 * error);
        Assert.Equal(6, data.ToSize(-fit.Level / fit.Slope), 0.2);
    }

    [Fact]
    public void LowerBound_StudiesOf300Targets_IsAboveTheTrueA90In95OfHundred()
    {
        const int Studies = 500;
        var random = new Random(2);
        var (ratio, wald) = (0, 0);
        for (var i = 0; i < Studies; i++)
        {
            var data = Simulated.Data(random, 300);
            var fit = LogitFit.Maximise(data);
            ratio += data.ToSize(fit.LowerBoundReaches(Math.Log(9), 10)!.Value) >= Simulated.A90 ? 1 : 0;
            wald += data.ToSize(fit.LowerWaldReaches(Math.Log(9), 10)!.Value) >= Simulated.A90 ? 1 : 0;
        }

        // Three standard deviations of a binomial share of 95 %.
        var tolerance = 3 * Math.Sqrt(0.95 * 0.05 / Studies);
        Assert.Equal(0.95, (double)ratio / Studies, tolerance);
        Assert.Equal(0.95, (double)wald / Studies, tolerance);
    }

    [Fact]
    public void Bounds_StudiesOf300Targets_HoldTheTrueLogitOnBothSides()
    {
        const int Studies = 200;
        var random = new Random(3);
        var (below, above) = (0, 0);
        for (var i = 0; i < Studies; i++)
        {
            var data = Simulated.Data(random, 300);
            var (lower, upper) = LogitFit.Maximise(data).Bounds(data.ToU(4));
            var truth = Simulated.B0 + Simulated.B1 * Math.Log(4);
            below += truth < lower ? 1 : 0;
            above += truth > upper ? 1 : 0;
        }

        var tolerance = 3 * Math.Sqrt(0.95 * 0.05 / Studies);
        Assert.Equal(0.05, (double)below / Studies, tolerance);
        Assert.Equal(0.05, (double)above / Studies, tolerance);
    }

    [Fact]
    public void Fit_CurvesUpTo1_RefusesOneOfTwenty()
    {
        Assert.Equal(0.05, LevelOff(new Random(4), 300, 100, 1), 3 * Math.Sqrt(0.95 * 0.05 / 300));
    }

    [Fact]
    public void Fit_CurvesUpToNineTenths_RefusesMoreThanHalfOfStudiesOf200Targets()
    {
        Assert.InRange(LevelOff(new Random(5), 100, 200, 0.9), 0.5, 1);
    }

    private static double LevelOff(Random random, int studies, int targets, double asymptote) =>
        (double)Enumerable.Range(0, studies).Count(_ =>
        {
            var data = new HitMissData([.. Simulated.Targets(random, targets, asymptote).Select(target => (target.Size, target.Hit))]);
            return AsymptoteTest.Run(data, LogitFit.Maximise(data)).PValue < PodAnalysis.AsymptoteLevel;
        }) / studies;
}
