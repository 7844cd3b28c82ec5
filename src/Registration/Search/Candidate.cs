namespace Chitti.Registration;

/// <summary>A transform that was tried.</summary>
/// <param name="ReferenceIndex">Which reference.</param>
/// <param name="ToPicture">From the full reference to the full picture.</param>
/// <param name="Measure">How well it fits.</param>
internal sealed record Candidate(int ReferenceIndex, PlaneTransform ToPicture, FitMeasure Measure)
{
    // Both from which no wide search is needed: nothing but the right position reached them in ADR 18.
    private const double CertainEdges = 0.75;
    private const double CertainLocal = 0.45;

    /// <summary>
    /// Least <see cref="PointAlignment.Determinacy"/>: ADR 18 has 0.04 and more for boards, 0.0006 for one that shows a single
    /// stripe.
    /// </summary>
    public const double MinDeterminacy = 0.01;

    /// <summary>Whether other positions fit equally well.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>Whether the mirror image of the reference fits better.</summary>
    public bool IsMirrored { get; init; }

    public bool IsCertain => Measure.Edges >= CertainEdges && Measure.Local >= CertainLocal;

    /// <summary>The one that fits better; the first if both fit equally.</summary>
    public static Candidate? Better(Candidate? one, Candidate? other) =>
        other is null || one?.Measure.Edges >= other.Measure.Edges ? one : other;
}
