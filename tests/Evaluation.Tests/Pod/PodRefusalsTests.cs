namespace Chitti.Evaluation.Tests;

public class PodRefusalsTests
{
    [Theory]
    [InlineData(0, "0 targets; a hit/miss study needs at least 60: add 60 or more")]
    [InlineData(59, "59 targets; a hit/miss study needs at least 60: add 1 or more")]
    public void Fit_FewerThan60Targets_Refuses(int count, string message) =>
        Expect(PodRefusalReason.TooFewTargets, message, [.. Simulated.Targets(new Random(1), 200).Take(count)]);

    [Fact]
    public void Fit_60Targets_Fits() => Assert.NotNull(PodAnalysis.Fit(Simulated.Targets(new Random(8), 60)).Pixels.Fit);

    [Fact]
    public void Fit_AllFound_Refuses() =>
        Expect(PodRefusalReason.AllHit, "all 80 targets were found (1 to 80 px)", Ladder(80, _ => true));

    [Fact]
    public void Fit_NoneFound_Refuses() =>
        Expect(PodRefusalReason.AllMissed, "none of the 80 targets was found (1 to 80 px)", Ladder(80, _ => false));

    [Fact]
    public void Fit_OneSize_Refuses() =>
        Expect(PodRefusalReason.OneSize, "all targets have the size 7 px", [.. Enumerable.Range(0, 80).Select(i => new PodTarget(7, i % 2 == 0))]);

    [Fact]
    public void Fit_FoundAndMissedDividedBySize_RefusesWithTheSizesToAdd() =>
        Expect(PodRefusalReason.Separated, "add targets of sizes around 30 to 31 px", Ladder(80, size => size > 30));

    [Fact]
    public void Fit_FoundAndMissedOfTheSameSizeOnly_Refuses() =>
        Expect(PodRefusalReason.Separated, "add targets of sizes around 30 to 30 px", [.. Ladder(80, size => size >= 30), new(30, false)]);

    [Fact]
    public void Fit_OnlySmallFound_Refuses() =>
        Expect(PodRefusalReason.NoEffectOfSize, "larger targets were not found more often", Ladder(80, size => size <= 30));

    [Fact]
    public void Fit_SmallFoundMoreOften_Refuses() =>
        Expect(PodRefusalReason.NoEffectOfSize, "larger targets were not found more often", Ladder(80, size => size % 80 < 40 != (size % 5 == 0)));

    [Fact]
    public void Fit_SizeWithoutEffect_Refuses() =>
        Expect(PodRefusalReason.NoEffectOfSize, "may be chance", Ladder(80, size => size % 3 != 1));

    [Fact]
    public void Fit_LargeTargetsMissed_RefusesAndNamesTheirSizes() =>
        Expect(PodRefusalReason.LevelsOff, "200, 180, 160, 140, 120, … px", Ladder(200, size => size > 20 && size % 20 != 0 || size is 9 or 14 or 17));

    private static List<PodTarget> Ladder(int count, Func<int, bool> hit) => [.. Enumerable.Range(1, count).Select(size => new PodTarget(size, hit(size)))];

    private static void Expect(PodRefusalReason reason, string message, List<PodTarget> targets)
    {
        var outcome = PodAnalysis.Fit(targets).Pixels;

        Assert.Null(outcome.Fit);
        Assert.Equal(reason, outcome.Refusal?.Reason);
        Assert.Contains(message, outcome.Refusal!.Message, StringComparison.Ordinal);
    }
}
