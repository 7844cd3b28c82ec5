namespace Chitti.Evaluation;

/// <summary>The agreement of raters with a reference, with themselves and with each other.</summary>
/// <param name="Parts">How many parts there are.</param>
/// <param name="Trials">How often each rater rated each part.</param>
/// <param name="Raters">The raters, by name.</param>
/// <param name="Pairs">Every pair of raters, by name.</param>
/// <param name="BetweenRaters">The share of parts that all raters rated alike in all trials.</param>
/// <param name="AllWithReference">The share of parts that all raters rated like the reference in all trials.</param>
/// <param name="FleissKappa">
/// Fleiss' kappa of all ratings of a part, every trial of every rater (Fleiss 1971). Its standard error holds for no
/// agreement beyond chance (Fleiss, Nee and Landis 1979): for testing against 0, not for an interval.
/// </param>
/// <param name="Remarks">What weakens the study, for people; empty if nothing was noticed.</param>
public sealed record AgreementResult(
    int Parts,
    int Trials,
    IReadOnlyList<RaterAgreement> Raters,
    IReadOnlyList<PairAgreement> Pairs,
    AgreementShare BetweenRaters,
    AgreementShare AllWithReference,
    AgreementKappa FleissKappa,
    IReadOnlyList<string> Remarks);
