namespace Chitti.Evaluation.Tests;

/// <summary>Four parts, two trials; figures counted by hand.</summary>
public class AgreementAnalysisTests
{
    // Part, reference, Anna's two ratings, the model's two ratings: p pass, f fail, r review.
    private static readonly List<AgreementRating> _study = Study("P1 p pp pp", "P2 p pf pp", "P3 f ff fp", "P4 f ff rr");

    private static readonly AgreementResult _result = AgreementAnalysis.Compute(_study);

    [Fact]
    public void Compute_Study_CountsEachRater()
    {
        var (anna, model) = (_result.Raters[0], _result.Raters[1]);

        Assert.Equal(("Anna", "model"), (anna.Rater, model.Rater));
        Assert.Equal((3, 4), Counts(anna.Effectiveness));
        Assert.Equal((2, 4), Counts(model.Effectiveness));
        Assert.Equal((0, 4), Counts(anna.MissRate));
        Assert.Equal((1, 4), Counts(model.MissRate));
        Assert.Equal((1, 4), Counts(anna.FalseAlarmRate));
        Assert.Equal((0, 4), Counts(model.FalseAlarmRate));
        Assert.Equal((3, 4), Counts(anna.WithinRater));
        Assert.Equal((3, 4), Counts(model.WithinRater));
        Assert.Equal(AgreementJudgement.Unacceptable, model.MissRate.Judgement);
    }

    [Fact]
    public void Compute_Study_GivesKappas()
    {
        // Anna: 7 of 8 agree; she says pass 3 of 8 times, so chance is 1/2. The model: 5 of 8 agree, chance 5/8 x 1/2 + 1/8 x 1/2.
        Assert.Equal(0.75, _result.Raters[0].KappaWithReference.Value!.Value, 1e-12);
        Assert.Equal((5.0 / 8 - 3.0 / 8) / (5.0 / 8), _result.Raters[1].KappaWithReference.Value!.Value, 1e-12);

        // The pair: 4 of 8 agree (P1 twice, P2 once, P3 once); chance 3/8 x 5/8 + 5/8 x 1/8.
        var pair = Assert.Single(_result.Pairs);
        Assert.Equal((4, 8), Counts(pair.Same));
        Assert.Equal((0.5 - 20.0 / 64) / (44.0 / 64), pair.Kappa.Value!.Value, 1e-12);

        // Fleiss, 4 ratings a part: pairs that agree 6, 3, 3 and 1 + 1 of 6; shares 8, 6 and 2 of 16.
        Assert.Equal((14.0 / 24 - 104.0 / 256) / (152.0 / 256), _result.FleissKappa.Value!.Value, 1e-12);
    }

    [Fact]
    public void Compute_Study_CountsPartsOnWhichAllAgree()
    {
        Assert.Equal((1, 4), Counts(_result.BetweenRaters));
        Assert.Equal((1, 4), Counts(_result.AllWithReference));
        Assert.Equal((4, 2), (_result.Parts, _result.Trials));
    }

    [Fact]
    public void Compute_ReviewOfAGoodPart_IsAFalseAlarm() =>
        Assert.Equal((2, 2), Counts(AgreementAnalysis.Compute(Study("P1 p pp rr", "P2 f ff ff")).Raters[1].FalseAlarmRate));

    [Fact]
    public void Compute_AllAgreeOnTheWrongRating_IsBetweenRatersOnly()
    {
        var result = AgreementAnalysis.Compute(Study("P1 p ff ff", "P2 f ff ff"));

        Assert.Equal((2, 2), Counts(result.BetweenRaters));
        Assert.Equal((1, 2), Counts(result.AllWithReference));
        Assert.NotNull(result.FleissKappa.Reason);
        Assert.Null(result.FleissKappa.Value);
    }

    [Fact]
    public void Compute_NoBadParts_HasNoMissRate()
    {
        var anna = AgreementAnalysis.Compute(Study("P1 p pp pp", "P2 p pf pp")).Raters[0];

        Assert.Equal((null, null, "no part is bad by the reference"), (anna.MissRate.Proportion.Share, anna.MissRate.Judgement, anna.MissRate.Reason));
        Assert.Equal((1, 4), Counts(anna.FalseAlarmRate));
    }

    [Fact]
    public void Compute_OneTrial_DoesNotJudgeRepeatability()
    {
        var result = AgreementAnalysis.Compute(Study("P1 p p p", "P2 f f p"));

        Assert.Equal("each part was rated once", result.Raters[0].WithinRater.Reason);
        Assert.Contains(result.Remarks, remark => remark.StartsWith("one trial", StringComparison.Ordinal));
        Assert.Contains(result.Remarks, remark => remark.StartsWith("2 parts", StringComparison.Ordinal));
    }

    [Fact]
    public void Compute_OtherOrder_GivesTheSameFigures()
    {
        var result = AgreementAnalysis.Compute([.. _study.AsEnumerable().Reverse()]);

        Assert.Equal(_result.Raters, result.Raters);
        Assert.Equal(_result.Pairs, result.Pairs);
    }

    [Fact]
    public void Compute_IncompleteStudy_Throws() => Assert.Throws<ArgumentException>(() => AgreementAnalysis.Compute([.. _study.Skip(1)]));

    private static (int, int) Counts(AgreementShare share) => (share.Proportion.Count, share.Proportion.Of);

    private static List<AgreementRating> Study(params string[] parts) =>
    [
        .. from part in parts.Select(part => part.Split(' '))
           from rater in new[] { (Name: "Anna", Ratings: part[2]), (Name: "model", Ratings: part[3]) }
           from trial in Enumerable.Range(1, rater.Ratings.Length)
           select new AgreementRating(part[0], rater.Name, trial, Word(rater.Ratings[trial - 1]), Word(part[1][0]), 0),
    ];

    private static Rating Word(char letter) => letter switch { 'p' => Rating.Pass, 'f' => Rating.Fail, _ => Rating.Review };
}
