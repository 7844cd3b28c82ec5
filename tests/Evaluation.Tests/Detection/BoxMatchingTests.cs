using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

public class BoxMatchingTests
{
    [Fact]
    public void Match_TwoFindingsOfOneDefect_OnlyTheMoreConfidentCounts() =>
        Assert.Equal([0, -1], Match([Given.Finding(0.9f, 11), Given.Finding(0.8f, 10)], [Given.Truth(10)]));

    [Fact]
    public void Match_TwoDefectsWithinReach_TheLargerOverlapIsTaken() =>
        Assert.Equal([1, 0], Match([Given.Finding(0.9f, 13), Given.Finding(0.8f, 12)], [Given.Truth(10), Given.Truth(14)], 0.3));

    // 10 x 10 boxes that are shifted by 3 share 70 of 130 square pixels.
    [Theory]
    [InlineData(70.0 / 130, 0)]
    [InlineData((70.0 / 130) + 0.001, -1)]
    public void Match_OverlapAtTheLimit_Counts(double minIou, int expected) =>
        Assert.Equal([expected], Match([Given.Finding(0.9f, 13)], [Given.Truth(10)], minIou));

    [Fact]
    public void Match_NoOverlap_NeverCounts() => Assert.Equal([-1], Match([Given.Finding(0.9f, 500)], [Given.Truth(10)], 0));

    [Fact]
    public void Match_DifficultAndCountedDefect_TheCountedOneIsTakenFirst() =>
        Assert.Equal([1, 0], Match([Given.Finding(0.9f, 10), Given.Finding(0.8f, 10)], [Given.Truth(10, role: TruthRole.Difficult), Given.Truth(12)]));

    [Fact]
    public void Match_Crowd_TakesAnyNumberByTheShareWithinIt()
    {
        var crowd = new TruthBox("open", new(0, 0, 500, 100), TruthRole.Crowd);

        Assert.Equal([0, 0, -1], Match([Given.Finding(0.9f, 10), Given.Finding(0.8f, 300), Given.Finding(0.7f, 496)], [crowd]));
    }

    private static int[] Match(Finding[] findings, TruthBox[] truths, double minIou = 0.5) =>
        BoxMatching.Match(findings, truths, BoxMatching.Overlaps(findings, truths), minIou);
}
