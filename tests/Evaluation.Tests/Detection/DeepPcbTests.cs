using Chitti.Domain;

namespace Chitti.Evaluation.Tests;

/// <summary>The rules of the DeepPCB benchmark, where they differ from COCO's. Boxes are 10 pixels wide and high.</summary>
public class DeepPcbTests
{
    // Shifted by 5: 50 of 150 shared, which is above 0.33 and below 0.5. Shifted by 6: 40 of 160.
    [Theory]
    [InlineData(15, 1)]
    [InlineData(16, 0)]
    public void Evaluate_OverlapAboveAThird_Counts(float x, int correct) => Assert.Equal(correct, Evaluate(Given.Finding(0.9f, x)).AtConfidence.Correct);

    // At 15.9 the corners are cut to 15.
    [Fact]
    public void Evaluate_CornersBetweenPixels_AreCut() => Assert.Equal(1, Evaluate(Given.Finding(0.9f, 15.9f)).AtConfidence.Correct);

    [Fact]
    public void Evaluate_MoreConfidentFindingOfAnotherClass_TakesTheDefect()
    {
        var figures = Evaluate(Given.Finding(0.9f, 10, "short"), Given.Finding(0.8f, 10));

        // Pooled, the defect is lost. By class, the finding of the other class is not in play.
        Assert.Equal(new OperatingPoint(0.5f, 0, 2, 1), figures.AtConfidence);
        Assert.Equal((0.0, 1.0), (figures.PooledAp, figures.Map));
    }

    // Correct at places 1 and 3 of two defects: (1 + 2/3) / 2. COCO's 101 points give the same precision another weight.
    [Fact]
    public void Evaluate_AveragePrecision_IsTheMeanOverTheDefects()
    {
        var figures = Evaluate([Given.Truth(10), Given.Truth(100)], Given.Finding(0.9f, 10), Given.Finding(0.8f, 300), Given.Finding(0.7f, 100));

        Assert.Equal((1 + (2 / 3.0)) / 2, figures.Map!.Value, 6);
        Assert.Equal([("open", 2, 0.833333), ("short", 0, null)], figures.Classes.Select(one => (one.Class, one.Truths, one.Ap)));
    }

    [Fact]
    public void Evaluate_FromAConfidenceOn_CountsWhatLiesAbove()
    {
        var figures = Evaluate([Given.Truth(10), Given.Truth(100)], Given.Finding(0.9f, 10), Given.Finding(0.53f, 100), Given.Finding(0.3f, 300));

        Assert.Equal(new OperatingPoint(0.53f, 2, 0, 0), figures.AtConfidence);
        Assert.Equal(1.0, figures.BestF.F);
    }

    [Fact]
    public void Evaluate_PicturesWithoutDefects_AreCounted() =>
        Assert.Equal(1, DeepPcbEvaluation.Evaluate([Given.Picture("a", [Given.Truth(10)]), Given.Picture("b", [])], ["open"], 0.5f).PicturesWithoutDefects);

    [Fact]
    public void Evaluate_TruthOfAnotherFormat_HasNoSuchFigures() =>
        Assert.Null(Given.Evaluate(new(), Given.Profile(), Given.Picture("a", [Given.Truth(10)])).Detection.DeepPcb);

    private static DeepPcbFigures Evaluate(params Finding[] findings) =>
        DeepPcbEvaluation.Evaluate([Given.Picture("a", [Given.Truth(10)], findings)], ["open", "short"], 0.5f);

    private static DeepPcbFigures Evaluate(TruthBox[] truths, params Finding[] findings) =>
        DeepPcbEvaluation.Evaluate([Given.Picture("a", truths, findings)], ["open", "short"], 0.53f);
}
