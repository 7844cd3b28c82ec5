namespace Chitti.Evaluation.Tests;

public class ProportionTests
{
    // Published intervals: Brown, Cai and DasGupta (2001) and the tables of binom.test in R.
    [Theory]
    [InlineData(0, 20, 0, 0.168433)]
    [InlineData(10, 100, 0.049005, 0.176223)]
    [InlineData(1, 10, 0.002529, 0.445016)]
    [InlineData(20, 20, 0.831567, 1)]
    public void Range_ExactBinomial_IsThePublishedOne(int count, int of, double lower, double upper)
    {
        var proportion = new Proportion(count, of);

        Assert.Equal(lower, proportion.Lower, 5);
        Assert.Equal(upper, proportion.Upper, 5);
    }

    [Fact]
    public void Share_OfNothing_IsNullAndTheRangeIsEverything() =>
        Assert.Equal((null, 0.0, 1.0), (new Proportion(0, 0).Share, new Proportion(0, 0).Lower, new Proportion(0, 0).Upper));
}
