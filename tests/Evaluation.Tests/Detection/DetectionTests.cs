namespace Chitti.Evaluation.Tests;

public class DetectionTests
{
    private static readonly EvaluationResult _result = Given.Evaluate(
        new(), Given.Profile(),
        Given.Picture("a", [Given.Truth(10), Given.Truth(100)], Given.Finding(0.9f, 10), Given.Finding(0.5f, 100), Given.Finding(0.8f, 300)),
        Given.Picture("b", [Given.Truth(10, "short"), Given.Truth(200, "short"), Given.Truth(400, "short")],
            Given.Finding(0.7f, 10), Given.Finding(0.3f, 200, "short"), Given.Finding(0.45f, 600, "short")),
        Given.Picture("c", []));

    // open: correct at 0.9, wrong at 0.8 and 0.7, correct at 0.5; two defects. 51 points of 1, 50 of 2/4.
    [Fact]
    public void Ap_OfAClass_IsAsByHand() => Assert.Equal((51 + (50 * 0.5)) / 101, _result.Detection.Classes[0].Ap50!.Value, 6);

    // short: wrong at 0.45, correct at 0.3; three defects. Precision 1/2 up to recall 1/3: 34 points.
    [Fact]
    public void Map_OverTheClasses_IsTheirMean()
    {
        Assert.Equal(34 * 0.5 / 101, _result.Detection.Classes[1].Ap50!.Value, 6);
        Assert.Equal((((51 + 25) / 101.0) + (17 / 101.0)) / 2, _result.Detection.Map50!.Value, 6);
    }

    [Fact]
    public void Points_AtTheThresholdsOfTheProfile_CountWhatLiesAbove()
    {
        var open = _result.Detection.Classes[0];

        Assert.Equal(new OperatingPoint(0.6f, 1, 2, 1), open.AtReject);
        Assert.Equal(new OperatingPoint(0.4f, 2, 2, 0), open.AtReview);
        Assert.Equal((0.5, 1.0, 0.666667), (open.AtReview!.Precision, open.AtReview.Recall, open.AtReview.F));
        Assert.Equal(0.666667, open.BestF!.F);
    }

    // Rows: open, short, no defect. Columns: open, short, not found.
    [Fact]
    public void Confusion_FindingsThatTheProfileActsOn_AreCountedByOverlap() =>
        Assert.Equal([[2, 0, 0], [1, 0, 2], [1, 1, 0]], _result.Detection.Confusion.Counts);

    [Fact]
    public void Defects_EachWithItsSize_SayWhetherTheProfileActs()
    {
        Assert.Equal(
            [("open", true, 0.9f, "open"), ("open", true, 0.5f, "open"), ("short", true, 0.7f, "open"), ("short", false, 0.3f, "short"), ("short", false, null, null)],
            _result.Defects.Select(defect => (defect.Class, defect.Hit, defect.Confidence, defect.FoundAs)));
        Assert.All(_result.Defects, defect => Assert.Equal((10.0, 10.0), (defect.SizePx, defect.LongerSidePx)));
        Assert.Equal((2, 5), (_result.Verdicts.MissedDefects.Count, _result.Verdicts.MissedDefects.Of));
    }

    [Fact]
    public void Worst_OfEachKind_NamesWhatWentWrong() => Assert.Equal(
        [(WorstKind.Missed, "b"), (WorstKind.Stray, "a"), (WorstKind.Stray, "b"), (WorstKind.Confused, "b")],
        _result.Worst.Select(one => (one.Kind, one.File)));

    [Fact]
    public void Ap_DifficultDefect_NeitherCountsNorMakesItsFindingWrong()
    {
        var result = Given.Evaluate(
            new(), Given.Profile(), Given.Picture("a", [Given.Truth(10), Given.Truth(100, role: TruthRole.Difficult)], Given.Finding(0.9f, 100), Given.Finding(0.8f, 10)));

        Assert.Equal((1, 1.0), (result.Detection.Classes[0].Truths, result.Detection.Classes[0].Ap50));
        Assert.Single(result.Defects);
    }

    [Fact]
    public void Ap_ClassWithoutDefects_IsNoFigureAndNotInTheMean()
    {
        var result = Given.Evaluate(new(), Given.Profile(), Given.Picture("a", [Given.Truth(10)], Given.Finding(0.9f, 10), Given.Finding(0.9f, 50, "short")));

        Assert.Null(result.Detection.Classes[1].Ap50);
        Assert.Equal(1.0, result.Detection.Map50);
        Assert.Contains(result.Truth.Notes, note => note == "There is no defect of class short: the figures say nothing about it.");
    }
}
