using MathNet.Numerics.Distributions;

namespace Chitti.Evaluation;

/// <summary>A share of cases, with its 95 % confidence interval by Clopper and Pearson (1934).</summary>
/// <param name="Count">The cases counted, 0 or more.</param>
/// <param name="Of">All cases, 0 or more.</param>
/// <param name="Value">The share, 0..1; null without cases.</param>
/// <param name="Lower">The lower end of the interval, 0..1.</param>
/// <param name="Upper">The upper end of the interval, 0..1.</param>
/// <param name="Limits">The conventional limits, where there are any.</param>
/// <param name="Judgement">Where the share lies between them.</param>
/// <param name="Reason">Why there is no share; null if there is.</param>
public sealed record AgreementShare(
    int Count, int Of, double? Value, double? Lower, double? Upper,
    AgreementLimits? Limits, AgreementJudgement? Judgement, string? Reason)
{
    internal static AgreementShare None(string reason, AgreementLimits? limits = null) => new(0, 0, null, null, null, limits, null, reason);

    internal static AgreementShare From(int count, int of, AgreementLimits? limits = null)
    {
        var value = (double)count / of;
        return new(
            count,
            of,
            value,
            count == 0 ? 0 : Beta.InvCDF(count, of - count + 1, 0.025),
            count == of ? 1 : Beta.InvCDF(count + 1, of - count, 0.975),
            limits,
            limits?.Judge(value),
            null);
    }
}
