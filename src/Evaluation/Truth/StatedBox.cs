namespace Chitti.Evaluation;

/// <summary>A box as an annotation file states it.</summary>
/// <param name="At">The file, and where in it.</param>
/// <param name="Class">Name of the class.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Above 0.</param>
/// <param name="Height">Above 0.</param>
/// <param name="Role">How it counts.</param>
internal sealed record StatedBox(
    string At, string Class, double X, double Y, double Width, double Height, TruthRole Role = TruthRole.Counted);
