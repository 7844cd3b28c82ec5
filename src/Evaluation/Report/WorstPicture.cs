namespace Chitti.Evaluation;

/// <summary>A worst case with small pictures for the report.</summary>
/// <param name="Case">The case.</param>
/// <param name="Whole">The whole picture (JPEG) with true and found boxes; null if it can't be drawn.</param>
/// <param name="Detail">The place of the case (JPEG); null if it has none.</param>
internal sealed record WorstPicture(WorstCase Case, byte[]? Whole, byte[]? Detail);
