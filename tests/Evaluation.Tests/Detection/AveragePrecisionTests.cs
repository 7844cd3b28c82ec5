namespace Chitti.Evaluation.Tests;

public class AveragePrecisionTests
{
    /// <summary>
    /// The worked example of Padilla et al. (A Survey on Performance Metrics for Object-Detection Algorithms, 2020): 24 findings, 15
    /// defects, correct ones at places 1, 3, 10, 12, 13, 14 and 23. The precision is 1 up to recall 1/15 (7 of the 101 points), 2/3
    /// up to 2/15 (7), 3/7 up to 6/15 (27), 7/23 up to 7/15 (6), and 0 above.
    /// </summary>
    [Fact]
    public void Of_PublishedExample_IsTheMeanOf101Points()
    {
        int[] correct = [1, 3, 10, 12, 13, 14, 23];

        var precision = AveragePrecision.Of([.. Enumerable.Range(1, 24).Select(place => correct.Contains(place))], 15);

        Assert.Equal(((7 * 1.0) + (7 * 2.0 / 3) + (27 * 3.0 / 7) + (6 * 7.0 / 23)) / 101, precision!.Value, 12);
    }

    [Theory]
    [InlineData(new bool[0], 3, 0.0)]
    [InlineData(new[] { true, true }, 2, 1.0)]
    [InlineData(new[] { false, false }, 2, 0.0)]
    [InlineData(new[] { true }, 2, 51.0 / 101)]
    [InlineData(new[] { false, true }, 1, 0.5)]
    public void Of_FewFindings_IsAsByHand(bool[] correct, int truths, double expected) =>
        Assert.Equal(expected, AveragePrecision.Of(correct, truths)!.Value, 12);

    [Fact]
    public void Of_NoDefects_IsNotAFigure() => Assert.Null(AveragePrecision.Of([false], 0));
}
