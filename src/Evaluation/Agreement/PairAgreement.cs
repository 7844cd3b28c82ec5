namespace Chitti.Evaluation;

/// <summary>The agreement of two raters, each trial of one with the same trial of the other.</summary>
/// <param name="Rater">The first rater.</param>
/// <param name="Other">The second rater.</param>
/// <param name="Same">The share of ratings that are the same.</param>
/// <param name="Kappa">Cohen's kappa.</param>
public sealed record PairAgreement(string Rater, string Other, AgreementShare Same, AgreementKappa Kappa);
