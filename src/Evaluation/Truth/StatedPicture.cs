namespace Chitti.Evaluation;

/// <summary>A picture as an annotation file states it, before it is compared with the picture's header.</summary>
/// <param name="File">Path of the picture.</param>
/// <param name="At">The annotation file, and where in it.</param>
/// <param name="Boxes">The boxes.</param>
internal sealed record StatedPicture(string File, string At, IReadOnlyList<StatedBox> Boxes)
{
    /// <summary>Size of the picture as stated; null if it is not.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>Whether boxes are in fractions of the picture instead of pixels.</summary>
    public bool InFractions { get; init; }
}
