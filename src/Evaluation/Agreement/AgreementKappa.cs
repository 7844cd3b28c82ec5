namespace Chitti.Evaluation;

/// <summary>Agreement beyond chance: 1 is full agreement, 0 what chance gives, below 0 less than that.</summary>
/// <param name="Value">Kappa, -1..1; null if it is undefined.</param>
/// <param name="StandardError">Its standard error; null if kappa is undefined.</param>
/// <param name="Limits">The conventional limits.</param>
/// <param name="Judgement">Where it lies between the limits.</param>
/// <param name="Reason">Why it is undefined; null if it isn't.</param>
public sealed record AgreementKappa(double? Value, double? StandardError, AgreementLimits Limits, AgreementJudgement? Judgement, string? Reason)
{
    internal static AgreementKappa Undefined(string reason) => new(null, null, AgreementLimits.Kappa, null, reason);

    internal static AgreementKappa From(double value, double variance) =>
        new(value, Math.Sqrt(Math.Max(0, variance)), AgreementLimits.Kappa, AgreementLimits.Kappa.Judge(value), null);
}
