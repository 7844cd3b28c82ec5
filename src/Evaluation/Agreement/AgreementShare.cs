namespace Chitti.Evaluation;

/// <summary>A share of parts or ratings, judged by the conventional limits.</summary>
/// <param name="Proportion">The share and its 95 % confidence interval.</param>
/// <param name="Limits">The limits; null where there are none.</param>
/// <param name="Judgement">Where the share lies between them; null without limits or without a share.</param>
/// <param name="Reason">Why there is no share; null if there is.</param>
public sealed record AgreementShare(Proportion Proportion, AgreementLimits? Limits, AgreementJudgement? Judgement, string? Reason)
{
    internal static AgreementShare None(string reason, AgreementLimits? limits = null) => new(new(0, 0), limits, null, reason);

    internal static AgreementShare From(int count, int of, AgreementLimits? limits = null) =>
        new(new(count, of), limits, limits?.Judge((double)count / of), null);
}
