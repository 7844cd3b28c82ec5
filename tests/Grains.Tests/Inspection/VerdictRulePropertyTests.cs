using Chitti.Domain;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chitti.Grains.Tests;

public class VerdictRulePropertyTests
{
    private static readonly ComponentProfile _profile = Given.Profile(
        Given.Criterion("open", Severity.Critical),
        Given.Criterion("spur", Severity.Minor) with { MaxCount = 1 },
        Given.Criterion("short") with { MaxSize = 30 });

    [Property]
    public Property Judge_AnyFindings_FollowsTheRule() => Prop.ForAll(Findings(), findings =>
    {
        var judgement = Given.Judge(_profile, findings);

        Assert.Equal(Enumerable.Range(1, judgement.Indications.Count), judgement.Indications.Select(indication => indication.Number));
        Assert.True(judgement.Indications.Zip(judgement.Indications.Skip(1)).All(pair => pair.First.Confidence >= pair.Second.Confidence));
        Assert.Equal(judgement.Verdict == Verdict.Fail, judgement.Indications.Any(indication => indication.Disposition == Disposition.Rejected));
        Assert.Equal(judgement.Verdict == Verdict.Pass, judgement.DecidedBy is null);
        if (judgement.Verdict == Verdict.Fail)
        {
            Assert.Equal(Disposition.Rejected, judgement.Indications[judgement.DecidedBy!.Value - 1].Disposition);
        }
    });

    [Property]
    public Property Judge_FindingsInAnotherOrder_GivesTheSame() => Prop.ForAll(Findings(), findings =>
    {
        var (first, second) = (Given.Judge(_profile, findings), Given.Judge(_profile, [.. findings.Reverse()]));

        Assert.Equal((first.Verdict, first.Reason, first.DecidedBy), (second.Verdict, second.Reason, second.DecidedBy));
        Assert.Equal(first.Indications, second.Indications);
    });

    private static Arbitrary<Finding[]> Findings()
    {
        var finding =
            from name in Gen.Elements("open", "spur", "short", "other")
            from confidence in Gen.Choose(0, 100)
            from x in Gen.Choose(0, 900)
            from y in Gen.Choose(0, 400)
            from size in Gen.Choose(1, 60)
            select new Finding(0, name, confidence / 100f, new(x, y, size, size));
        return finding.ArrayOf().ToArbitrary();
    }
}
