namespace Chitti.Evaluation.Tests;

/// <summary>The model fails bad/1 and good/1, passes bad/2 and good/2, and sends bad/3 to review.</summary>
public class AgreementStudyTests
{
    private static readonly EvaluatedPicture[] _pictures =
    [
        Given.Picture("t/bad/1.jpg", [Given.Truth(10)], Given.Finding(0.9f, 10)),
        Given.Picture("t/bad/2.jpg", [Given.Truth(10)]),
        Given.Picture("t/bad/3.jpg", [Given.Truth(10)], Given.Finding(0.5f, 10)),
        Given.Picture("t/good/1.jpg", [], Given.Finding(0.9f, 10)),
        Given.Picture("t/good/4.jpg", []),
    ];

    [Theory]
    [InlineData("t/bad/1.jpg", "t/bad/1.jpg")]
    [InlineData("bad/1", "t/bad/1.jpg")]
    [InlineData("bad\\1.jpg", "t/bad/1.jpg")]
    [InlineData("2", "t/bad/2.jpg")]
    [InlineData("2.JPG", "t/bad/2.jpg")]
    [InlineData("ad/1.jpg", null)]
    [InlineData("1.jpg", "t/bad/1.jpg t/good/1.jpg")]
    public void PartNames_EndOfAPath_MeansThePicture(string part, string? files) =>
        Assert.Equal(files?.Split(' ') ?? [], new PartNames(_pictures.Select(picture => picture.Truth.File)).Find(part));

    [Theory]
    [InlineData("a.jpg", "a.jpg")]
    [InlineData("x/a.jpg", "x/a.jpg")]
    [InlineData("b", "b")]
    [InlineData("b.jpg", "b.jpg")]
    public void PartNames_SeveralReadings_TheClosestWins(string part, string file) =>
        Assert.Equal([file], new PartNames(["./a.jpg", "x/a.jpg", "b", "b.jpg"]).Find(part).Select(found => found.TrimStart('.', '/')));

    [Fact]
    public void Compare_VerdictsOfTheRun_AreTheModelsRatings()
    {
        var agreement = Compare("bad/1 f Anna:ff", "2 f Anna:ff", "3 f Anna:fp", "good/1 p Anna:pp", "4 p Anna:pp");

        Assert.Equal(
            [("bad/1", Rating.Fail, 0, 2), ("2", Rating.Pass, 0, 2), ("3", Rating.Review, 1, 1), ("good/1", Rating.Fail, 2, 0), ("4", Rating.Pass, 2, 0)],
            agreement.Parts.Select(part => (part.Part, part.Model, part.Pass, part.Fail)));
        var model = agreement.Result!.Raters.Single(rater => rater.Rater == "model");
        Assert.Equal((2, 5), Counts(model.Effectiveness));
        Assert.Equal((1, 3), Counts(model.MissRate));
        Assert.Equal((1, 2), Counts(model.FalseAlarmRate));
        Assert.Equal("each part was rated once", model.WithinRater.Reason);
        Assert.Equal("there is one inspector", agreement.InspectorsKappa.Reason);
        Assert.Empty(agreement.NotEvaluated);
        Assert.Empty(agreement.NotRated);
    }

    /// <summary>Repeated for each trial, the one verdict would be counted as agreement of the model with itself.</summary>
    [Fact]
    public void Compare_SeveralTrials_CountTheVerdictOnce()
    {
        var agreement = Compare("bad/1 f Anna:ff Bo:ff", "2 f Anna:ff Bo:fp", "4 p Anna:pp Bo:pp");

        // Five ratings a part, of which all, 3 and all are alike in pairs: 10, 4 and 10 of 10. Shares: fail 5 + 3, pass 2 + 5 of 15.
        var (observed, chance) = (24 / 30.0, (64 + 49) / 225.0);
        Assert.Equal((observed - chance) / (1 - chance), agreement.Result!.FleissKappa.Value!.Value, 1e-12);

        // Without the model 6, 3 and 6 of 6; shares 7 and 5 of 12.
        (observed, chance) = (15 / 18.0, (49 + 25) / 144.0);
        Assert.Equal((observed - chance) / (1 - chance), agreement.InspectorsKappa.Value!.Value, 1e-12);

        // The one verdict meets each trial of the other.
        Assert.Equal((5, 6), Counts(agreement.Result.Pairs.Single(pair => (pair.Rater, pair.Other) == ("Bo", "model")).Same));
        Assert.Equal(2, agreement.Result.Trials);
    }

    [Fact]
    public void Compare_PartsOfOneSideOnly_AreNamedAndInNoFigure()
    {
        var result = Given.Evaluate(new(), Given.Profile(), _pictures);
        var study = Match("bad/1 f Anna:f", "9 f Anna:p", "4 p Anna:p");

        var agreement = study.Compare([.. result.Pictures.Where(picture => picture.File != "t/good/4.jpg")], [new("t/good/4.jpg", "is damaged")]);

        Assert.Equal([("9", 3L, "it is no picture of the truth"), ("4", 4L, "is damaged")], agreement.NotEvaluated.Select(part => (part.Part, part.Line, part.Reason)));
        Assert.Equal(["t/bad/2.jpg", "t/bad/3.jpg", "t/good/1.jpg"], agreement.NotRated);
        Assert.Equal((1, 1), (agreement.Parts.Count, agreement.Result!.Parts));
        Assert.Equal((0, 1), Counts(agreement.Result.Raters.Single(rater => rater.Rater == "Anna").MissRate));
    }

    [Fact]
    public void Compare_NoPartInspected_GivesTheReason()
    {
        var agreement = Match("4 p Anna:p").Compare([], [new("t/good/4.jpg", "is damaged")]);

        Assert.Equal((null, "none of the rated parts could be inspected"), (agreement.Result, agreement.Reason));
    }

    [Theory]
    [InlineData("1 f Anna:f", "line 2, part '1': fits 2 pictures (t/bad/1.jpg, t/good/1.jpg); write more of the path")]
    [InlineData("2 f Anna:f;2.jpg f Anna:f", "line 3, part '2.jpg': is the same picture as part '2' on line 2 (t/bad/2.jpg); write it in one way")]
    [InlineData("2 p Anna:p", "line 2, part '2': has the reference pass, and by the truth it has defects that the profile rejects; correct the one that is wrong")]
    [InlineData("4 f Anna:p", "line 2, part '4': has the reference fail, and by the truth it is good: it has no defect; correct the one that is wrong")]
    public void Match_RatingsThatContradictTheTruth_AreFaults(string rows, string message) =>
        Assert.Equal($"'r.csv', {message}", Assert.Throws<TruthException>(() => Match(rows.Split(';'))).Message);

    [Fact]
    public void Match_NoPartOfTheTruth_SaysWhatAPartIs() =>
        Assert.Contains("A part is the name of a picture, such as '1.jpg'", Assert.Throws<TruthException>(() => Match("9 p Anna:p")).Message, StringComparison.Ordinal);

    [Fact]
    public void Compute_OneMoreRaterOfOtherParts_Throws()
    {
        List<AgreementRating> study = [new("P1", "Anna", 1, Rating.Pass, Rating.Pass, 2)];

        Assert.Throws<ArgumentException>(() => AgreementAnalysis.Compute(study, [new("P2", "model", 1, Rating.Pass, Rating.Pass, 0)]));
        Assert.Throws<ArgumentException>(() => AgreementAnalysis.Compute(study, []));
        Assert.Throws<ArgumentException>(() => AgreementAnalysis.Compute(study, study));
    }

    private static AgreementFigures Compare(params string[] rows) => Match(rows).Compare(Given.Evaluate(new(), Given.Profile(), _pictures).Pictures, []);

    private static AgreementStudy Match(params string[] rows) => AgreementStudy.Match(Given.Ratings(rows), Studies.Truth(_pictures), Given.Profile());

    private static (int, int) Counts(AgreementShare share) => (share.Proportion.Count, share.Proportion.Of);
}
