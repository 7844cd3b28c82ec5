namespace Chitti.Evaluation;

/// <summary>
/// What each true defect was found as, by findings that the profile reviews or rejects, matched by overlap whatever their class.
/// </summary>
/// <param name="Classes">Names of rows and columns; one more row and column follow for the background.</param>
/// <param name="Counts">
/// By true class, then by found class. The last row has findings on no defect, the last column defects that were not found.
/// </param>
public sealed record ConfusionMatrix(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Counts);
