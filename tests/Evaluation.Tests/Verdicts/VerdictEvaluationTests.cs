using Chitti.Domain;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chitti.Evaluation.Tests;

public class VerdictEvaluationTests
{
    private static readonly EvaluatedPicture[] _parts =
    [
        Given.Picture("bad fails", [Given.Truth(10)], Given.Finding(0.9f, 10)),
        Given.Picture("bad is reviewed", [Given.Truth(10)], Given.Finding(0.5f, 10)),
        Given.Picture("bad passes", [Given.Truth(10)], Given.Finding(0.3f, 10)),
        Given.Picture("good passes", []),
        Given.Picture("good is reviewed", [], Given.Finding(0.45f, 10)),
        Given.Picture("good fails", [], Given.Finding(0.65f, 10)),
    ];

    [Fact]
    public void WorkingPoint_PartsOfEachKind_AreCounted()
    {
        var result = Given.Evaluate(new(), Given.Profile(), _parts);

        Assert.Equal(
            [PartOutcome.BadFails, PartOutcome.BadReviewed, PartOutcome.BadPasses, PartOutcome.GoodPasses, PartOutcome.GoodReviewed, PartOutcome.GoodFails],
            result.Pictures.Select(picture => picture.Outcome));
        var point = result.Verdicts.WorkingPoint;
        Assert.Equal((1, 3, 2, 3, 2, 6), (point.Escapes.Count, point.Escapes.Of, point.Overkill.Count, point.Overkill.Of, point.Reviews.Count, point.Reviews.Of));
        Assert.Equal((1, 1), (result.Verdicts.GoodFails.Count, result.Verdicts.BadReviewed.Count));
    }

    /// <summary>The curve skips steps at which the verdict can't change; it must be as if it did not.</summary>
    [Property(MaxTest = 60)]
    public Property Curve_AnyFindings_IsAsJudgedAtEveryStep() => Prop.ForAll(
        Gen.Choose(0, 10000).Select(value => (float)Math.Round(value / 10000.0, 4)).Zip(Gen.Choose(0, 1)).ListOf(12).Zip(Gen.Elements<int?>(2, null)).ToArbitrary(),
        choice =>
        {
            var (findings, maxCount) = choice;
            var profile = Given.Profile(Given.Criterion("open") with { MaxCount = maxCount }, Given.Criterion("short", review: null, reject: 0.333f));
            var picture = Given.Picture("a", [], [.. findings.Select((finding, index) => Given.Finding(finding.Item1, index * 20, finding.Item2 == 0 ? "open" : "short"))]);

            var curve = Given.Evaluate(new(), profile, picture).Verdicts.Curve;

            var shift = new ThresholdShift(profile, 0.01f);
            Assert.Equal(shift.Steps.Count, curve.Count);
            Assert.All(shift.Steps.Zip(curve), pair =>
            {
                var verdict = picture.Observation!.Judge(shift.Move(pair.First)).Verdict;
                Assert.Equal((verdict == Verdict.Pass ? 0 : 1, verdict == Verdict.Review ? 1 : 0), (pair.Second.Overkill, pair.Second.Reviews));
            });
        });

    [Fact]
    public void Curve_AtItsEnds_RejectsEverythingRecordedAndNothing()
    {
        var curve = Given.Evaluate(new(), Given.Profile(), _parts).Verdicts.Curve;

        Assert.Equal((0, 2), (curve[0].Escapes, curve[0].Overkill));
        Assert.Equal((3, 0), (curve[^1].Escapes, curve[^1].Overkill));
        Assert.Equal((-0.59, 0.6), (curve[0].Shift, curve[^1].Shift));
    }

    [Fact]
    public void Curve_WithoutShift_IsTheProfileAsItIs()
    {
        var profile = Given.Profile(Given.Criterion("open", 0.12345f, 0.98765f));

        Assert.Same(profile, new ThresholdShift(profile, 0.2f).Move(0));
    }

    [Theory]
    [InlineData(0.0, -0.1, 0, 2)]
    [InlineData(0.4, 0.06, 1, 1)]
    [InlineData(0.7, 0.26, 2, 0)]
    public void Suggestion_ForALimit_HasTheLeastOverkill(double limit, double shift, int escapes, int overkill)
    {
        var suggestion = Given.Evaluate(new() { MaxEscapes = limit }, Given.Profile(), _parts).Verdicts.Suggestion!;

        Assert.Equal((escapes, overkill), (suggestion.Verdicts!.Escapes.Count, suggestion.Verdicts.Overkill.Count));
        Assert.Equal(shift, suggestion.Verdicts.Shift);
        Assert.Equal((float)Math.Round(0.6 + shift, 4), suggestion.Thresholds[0].RejectConfidence);
        Assert.False(suggestion.IsProven);
        Assert.Contains("more bad parts are needed", suggestion.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggestion_DefectThatIsNeverSeen_IsNone()
    {
        var suggestion = Given.Evaluate(new() { MaxEscapes = 0.1 }, Given.Profile(), Given.Picture("a", [Given.Truth(10)])).Verdicts.Suggestion!;

        Assert.Null(suggestion.Verdicts);
        Assert.StartsWith("No thresholds keep escapes at or below 10%: of 1 bad parts, 1 pass under any.", suggestion.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggestion_ManyPartsWithoutEscapes_IsProven()
    {
        var parts = Enumerable.Range(0, 400).Select(number => Given.Picture($"{number}", [Given.Truth(10)], Given.Finding(0.9f, 10))).ToArray();

        Assert.True(Given.Evaluate(new() { MaxEscapes = 0.01 }, Given.Profile(), parts).Verdicts.Suggestion!.IsProven);
    }

    [Fact]
    public void IsBad_DefectThatTheProfileAllows_MakesAGoodPart()
    {
        var profile = Given.Profile(Given.Criterion("open") with { MaxSize = 10 }, Given.Criterion("short"));

        var result = Given.Evaluate(new(), profile, Given.Picture("small", [Given.Truth(10)]), Given.Picture("large", [new("open", new(0, 0, 11, 5))]));

        Assert.Equal([false, true], result.Pictures.Select(picture => picture.IsBad));
        Assert.Contains(result.Truth.Notes, note => note.StartsWith("1 pictures have defects that the profile allows", StringComparison.Ordinal));
    }

    [Fact]
    public void IsBad_PictureThatTheProfileWouldReview_IsJudgedByItsDefectsAlone()
    {
        var profile = Given.Profile() with { Image = new() { MinWidth = 5000 } };

        Assert.Equal([true, false], Given.Evaluate(new(), profile, Given.Picture("a", [Given.Truth(10)]), Given.Picture("b", [])).Pictures.Select(picture => picture.IsBad));
    }

    [Fact]
    public void Verdicts_PartThatAGateStops_DoesNotPassAnywhereOnTheCurve()
    {
        var gated = Given.Picture("a", []) is var picture
            ? picture with { Observation = picture.Observation! with { Gates = [new() { Name = GateName.Scale, Value = 0.1, Limit = 0.5, Passed = false, Reason = "too small" }] } }
            : null!;

        Assert.All(Given.Evaluate(new(), Given.Profile(), gated).Verdicts.Curve, point => Assert.Equal((1, 1), (point.Overkill, point.Reviews)));
    }

    [Fact]
    public void Evaluate_PictureThatWasNotInspected_IsNamedAndInNoFigure()
    {
        var failed = Given.Picture("broken", [Given.Truth(10)]) with { Observation = null, Error = "is cut off" };

        var result = Given.Evaluate(new(), Given.Profile(), failed, _parts[0]);

        Assert.Equal([new("broken", "is cut off")], result.NotInspected);
        Assert.Equal((1, 1, 1), (result.Pictures.Count, result.Defects.Count, result.Verdicts.WorkingPoint.Escapes.Of));
    }

    [Fact]
    public void Evaluate_SamePictureTwice_IsNoted() =>
        Assert.Contains(Given.Evaluate(new(), Given.Profile(), _parts[0], _parts[0] with { Truth = _parts[0].Truth with { File = "copy" } }).Truth.Notes, note => note.Contains("same bytes", StringComparison.Ordinal));
}
