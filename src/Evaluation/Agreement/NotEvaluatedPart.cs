namespace Chitti.Evaluation;

/// <summary>A part that was rated, and has no verdict: its ratings are in no figure.</summary>
/// <param name="Part">Its name in the ratings.</param>
/// <param name="Line">The line of its first rating, from 1.</param>
/// <param name="Reason">Why it has none.</param>
public sealed record NotEvaluatedPart(string Part, long Line, string Reason);
