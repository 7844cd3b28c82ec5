namespace Chitti.Evaluation;

/// <summary>A row of an agreement study: one rater rates one part once. The model is a rater like any other.</summary>
/// <param name="Part">The name of the part.</param>
/// <param name="Rater">The name of the rater.</param>
/// <param name="Trial">The number of the trial, 1 or above.</param>
/// <param name="Rating">What the rater said.</param>
/// <param name="Reference">What is true of the part: pass or fail.</param>
/// <param name="Line">The line of the file, from 1.</param>
public sealed record AgreementRating(string Part, string Rater, int Trial, Rating Rating, Rating Reference, long Line);
