namespace Chitti.Evaluation;

/// <summary>The agreement of one rater with the reference and with itself.</summary>
/// <param name="Rater">The name of the rater.</param>
/// <param name="Effectiveness">The share of parts that it rated like the reference in all trials.</param>
/// <param name="MissRate">The share of ratings of bad parts that passed them.</param>
/// <param name="FalseAlarmRate">The share of ratings of good parts that didn't pass them.</param>
/// <param name="WithinRater">The share of parts that it rated alike in all trials, right or wrong.</param>
/// <param name="KappaWithReference">Cohen's kappa with the reference, over all trials.</param>
public sealed record RaterAgreement(
    string Rater,
    AgreementShare Effectiveness,
    AgreementShare MissRate,
    AgreementShare FalseAlarmRate,
    AgreementShare WithinRater,
    AgreementKappa KappaWithReference);
