namespace Chitti.Evaluation;

/// <summary>A file of ratings as it was read.</summary>
/// <param name="Ratings">The ratings in the order of the file; empty if there are faults.</param>
/// <param name="Faults">
/// The faults, at most <see cref="AgreementAnalysis.MaxFaults"/>; empty if the ratings can be analysed.
/// </param>
public sealed record AgreementReading(IReadOnlyList<AgreementRating> Ratings, IReadOnlyList<AgreementFault> Faults);
