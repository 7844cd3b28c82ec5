using Chitti.Domain;

namespace Chitti.Grains.Tests;

public class VerdictRuleTests
{
    [Fact]
    public void Judge_NoFindings_Passes()
    {
        var judgement = Given.Judge(Given.Profile());

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.Null(judgement.DecidedBy);
        Assert.Equal("no indications", judgement.Reason);
    }

    [Theory]
    [InlineData(0.19f, Verdict.Pass, 0)]
    [InlineData(0.2f, Verdict.Pass, 1)]
    [InlineData(0.39f, Verdict.Pass, 1)]
    [InlineData(0.4f, Verdict.Review, 1)]
    [InlineData(0.59f, Verdict.Review, 1)]
    [InlineData(0.6f, Verdict.Fail, 1)]
    [InlineData(1f, Verdict.Fail, 1)]
    public void Judge_Confidence_DecidesByThresholdsInclusive(float confidence, Verdict expected, int recorded)
    {
        var judgement = Given.Judge(Given.Profile(), Given.Finding(confidence));

        Assert.Equal(expected, judgement.Verdict);
        Assert.Equal(recorded, judgement.Indications.Count);
        Assert.Equal(expected == Verdict.Pass ? null : 1, judgement.DecidedBy);
        Assert.All(judgement.Indications, indication => Assert.Equal(
            expected switch { Verdict.Fail => Disposition.Rejected, Verdict.Review => Disposition.Review, _ => Disposition.Accepted }, indication.Disposition));
    }

    [Fact]
    public void Judge_SeveralRejected_MostSevereThenMostConfidentDecides()
    {
        var profile = Given.Profile(
            Given.Criterion("minor", Severity.Minor), Given.Criterion("critical", Severity.Critical));

        var judgement = Given.Judge(
            profile, Given.Finding(0.99f, "minor"), Given.Finding(0.7f, "critical", x: 5), Given.Finding(0.8f, "critical"));

        Assert.Equal(Verdict.Fail, judgement.Verdict);
        Assert.Equal(2, judgement.DecidedBy);
        Assert.Equal("critical", judgement.Indications[1].Class);
        Assert.Equal(0.8f, judgement.Indications[1].Confidence);
        Assert.StartsWith("critical (critical) with confidence 0.80, rejected from 0.60", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_RejectedAndInBand_Fails()
    {
        var judgement = Given.Judge(Given.Profile(), Given.Finding(0.5f), Given.Finding(0.9f));

        Assert.Equal(Verdict.Fail, judgement.Verdict);
        Assert.Equal(1, judgement.DecidedBy);
        Assert.Equal([Disposition.Rejected, Disposition.Review], judgement.Indications.Select(indication => indication.Disposition));
    }

    [Fact]
    public void Judge_ClassThatTheProfileDoesNotName_GoesToReview()
    {
        var judgement = Given.Judge(Given.Profile(), Given.Finding(0.9f, "other"), Given.Finding(0.24f, "other"));

        Assert.Equal((Verdict.Review, 1), (judgement.Verdict, judgement.DecidedBy));
        Assert.Equal("other with confidence 0.90, which the profile neither judges nor ignores", judgement.Reason);
        Assert.Equal((Disposition.Review, (Severity?)null), (Assert.Single(judgement.Indications).Disposition, judgement.Indications[0].Severity));
    }

    [Fact]
    public void Judge_IgnoredClass_IsRecordedAndDoesNotCount()
    {
        var profile = Given.Profile() with { Ignored = [new() { Class = "dust", Reason = "is cleaned off later", RecordConfidence = 0.3f }] };

        var judgement = Given.Judge(profile, Given.Finding(0.9f, "dust"), Given.Finding(0.29f, "dust"));

        Assert.Equal((Verdict.Pass, "no indications of a class that counts"), (judgement.Verdict, judgement.Reason));
        Assert.Equal(Disposition.Ignored, Assert.Single(judgement.Indications).Disposition);
        Assert.Equal(Verdict.Fail, Given.Judge(profile, Given.Finding(0.9f, "dust"), Given.Finding(0.7f)).Verdict);
    }

    [Fact]
    public void Judge_GateNotPassed_GoesToReviewWithItsReason()
    {
        Gate passed = new() { Name = GateName.Scale, Value = 1, Limit = 0.75, Passed = true };
        var failed = passed with { Value = 0.16, Passed = false, Reason = "the picture is too large" };

        var judgement = Judge(failed);

        Assert.Equal((Verdict.Review, "the picture is too large", (int?)null), (judgement.Verdict, judgement.Reason, judgement.DecidedBy));
        Assert.Equal(Verdict.Pass, Judge(passed).Verdict);
        Assert.Equal(Verdict.Fail, Judge(failed, Given.Finding(0.9f)).Verdict);
        Assert.EndsWith("; the picture is too large", Judge(failed, Given.Finding(0.5f)).Reason, StringComparison.Ordinal);

        static Judgement Judge(Gate gate, params Finding[] findings) =>
            VerdictRule.Judge(Given.Profile(), null, findings, ["open"], Given.Image, null, [gate]);
    }

    [Fact]
    public void LowestRecorded_ModelFindsMoreThanTheProfileNames_IsLowEnoughForThose()
    {
        var profile = Given.Profile(Given.Criterion() with { RecordConfidence = 0.5f });

        Assert.Equal(0.5f, VerdictRule.LowestRecorded(profile, ["open"]));
        Assert.Equal(0.25f, VerdictRule.LowestRecorded(profile, ["open", "other"]));
        Assert.Equal(0.1f, VerdictRule.LowestRecorded(
            profile with { Ignored = [new() { Class = "other", Reason = "-", RecordConfidence = 0.1f }] }, ["open", "other"]));
    }

    [Fact]
    public void Judge_NoBand_PassesBelowReject()
    {
        var profile = Given.Profile(Given.Criterion() with { ReviewConfidence = null });

        Assert.Equal(Verdict.Pass, Given.Judge(profile, Given.Finding(0.59f)).Verdict);
    }

    [Fact]
    public void Judge_ConfidenceOverride_StandsForRecordAndRejectAndLeavesNoBand()
    {
        var overrides = new DetectionOverrides(0.3f, null);

        var below = VerdictRule.Judge(Given.Profile(), overrides, [Given.Finding(0.29f)], ["open"], Given.Image, null, []);
        var above = VerdictRule.Judge(Given.Profile(), overrides, [Given.Finding(0.3f)], ["open"], Given.Image, null, []);

        Assert.Equal((Verdict.Pass, 0), (below.Verdict, below.Indications.Count));
        Assert.Equal((Verdict.Fail, 1), (above.Verdict, above.Indications.Count));
    }

    [Theory]
    [InlineData(20, Verdict.Pass)]
    [InlineData(20.5, Verdict.Fail)]
    public void Judge_SizeLimitInPixels_RejectsOnlyLarger(double width, Verdict expected)
    {
        var profile = Given.Profile(Given.Criterion() with { MaxSize = 20 });

        var judgement = Given.Judge(profile, Given.Finding(0.9f, width: (float)width));

        Assert.Equal(expected, judgement.Verdict);
    }

    [Fact]
    public void Judge_SizeLimitInMillimetres_UsesCalibration()
    {
        var profile = Given.Profile(Given.Criterion() with { MaxSize = 1, SizeUnit = LengthUnit.Millimetre }) with { MillimetresPerPixel = 0.1 };

        Assert.Equal(Verdict.Pass, Given.Judge(profile, Given.Finding(0.9f, width: 9)).Verdict);
        var larger = Given.Judge(profile, Given.Finding(0.9f, width: 11));
        Assert.Equal(Verdict.Fail, larger.Verdict);
        Assert.Contains("longest side 1.1 mm, allowed 1 mm", larger.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_CountLimit_RejectsAllOfTheClassAboveIt()
    {
        var profile = Given.Profile(Given.Criterion() with { MaxCount = 2 });

        var allowed = Given.Judge(profile, Given.Finding(0.9f), Given.Finding(0.8f, x: 1), Given.Finding(0.5f, x: 2));
        var tooMany = Given.Judge(profile, Given.Finding(0.9f), Given.Finding(0.8f, x: 1), Given.Finding(0.7f, x: 2));

        Assert.Equal(Verdict.Review, allowed.Verdict);
        Assert.Equal(Verdict.Fail, tooMany.Verdict);
        Assert.All(tooMany.Indications, indication => Assert.Equal(Disposition.Rejected, indication.Disposition));
        Assert.Contains("3 of the class, allowed 2", tooMany.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_TotalAreaLimit_SumsTheClass()
    {
        var profile = Given.Profile(Given.Criterion() with { MaxTotalArea = 399 });

        Assert.Equal(Verdict.Pass, Given.Judge(profile, Given.Finding(0.9f)).Verdict);
        Assert.Equal(Verdict.Fail, Given.Judge(profile, Given.Finding(0.9f), Given.Finding(0.8f, x: 1)).Verdict);
    }

    [Theory]
    [InlineData(100, Verdict.Fail)]
    [InlineData(900, Verdict.Pass)]
    public void Judge_Zone_AppliesByTheBoxCentre(float x, Verdict expected)
    {
        var profile = Given.Profile(Given.Criterion() with { Zone = [new(0, 0), new(0.5, 0), new(0.5, 1), new(0, 1)] });

        var judgement = Given.Judge(profile, Given.Finding(0.9f, x: x));

        Assert.Equal(expected, judgement.Verdict);
        Assert.Single(judgement.Indications);
    }

    [Fact]
    public void Judge_PoorImage_GoesToReviewWithEveryFault()
    {
        var profile = Given.Profile() with
        {
            Image = new() { MinWidth = 1001, MinHeight = 501, MinBrightness = 40, MaxBrightness = 200, MinSharpness = 10 },
        };

        var judgement = VerdictRule.Judge(profile, null, [], ["open"], Given.Image, new(12.34, 5), []);

        Assert.Equal(Verdict.Review, judgement.Verdict);
        Assert.Null(judgement.DecidedBy);
        Assert.Equal(
            "image is 1000 px wide, at least 1001 needed; image is 500 px high, at least 501 needed; "
            + "image is too dark: mean luma 12.3, at least 40 needed; image is blurred: sharpness 5, at least 10 needed",
            judgement.Reason);
    }

    [Fact]
    public void Judge_ModelLacksAClassOfTheProfile_GoesToReviewAndNamesIt()
    {
        var profile = Given.Profile(Given.Criterion(), Given.Criterion("short"), Given.Criterion("rust"));

        var judgement = VerdictRule.Judge(profile, null, [], ["open", "scratch"], Given.Image, null, []);

        Assert.Equal((Verdict.Review, null), (judgement.Verdict, judgement.DecidedBy));
        Assert.Equal("the profile does not fit the model, which does not find: short, rust", judgement.Reason);
    }

    [Fact]
    public void Judge_ModelLacksAClassAndAnotherIsRejected_StillFails()
    {
        var profile = Given.Profile(Given.Criterion(), Given.Criterion("rust"));

        Assert.Equal(Verdict.Fail, VerdictRule.Judge(profile, null, [Given.Finding(0.9f)], ["open"], Given.Image, null, []).Verdict);
    }

    [Fact]
    public void Judge_PoorImageWithRejectedIndication_StillFails()
    {
        var profile = Given.Profile() with { Image = new() { MinWidth = 5000 } };

        Assert.Equal(Verdict.Fail, Given.Judge(profile, Given.Finding(0.9f)).Verdict);
    }
}
