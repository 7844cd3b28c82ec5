namespace Chitti.Registration;

/// <summary>Where a picture lies on a reference.</summary>
/// <param name="ReferenceIndex">Index of the reference that fits best, from 0, in the order they were passed in.</param>
/// <param name="PictureToReference">Maps pixels of the picture to those of the reference; affine unless perspective was asked for.</param>
/// <param name="Fit">
/// How well the two agree where both are, 0 to 1, after alignment and with the reference's longer side at 320 pixels: the lower
/// of the correlation of grey levels along edges, and the share of the reference's structure that is found in the block where
/// least of it is. It does not depend on brightness, contrast or the number of pixels.
/// </param>
/// <param name="Visible">Share of the reference that is inside the picture, 0 to 1.</param>
/// <param name="Covered">Share of the picture that is inside the reference, 0 to 1. Elsewhere there is nothing to compare with.</param>
/// <param name="Differing">
/// Share of the pixels where both are that differ, after brightness and contrast are matched, by more than half the contrast of
/// the reference, 0 to 1; measured like the fit.
/// </param>
public sealed record Alignment(
    int ReferenceIndex, PlaneTransform PictureToReference, double Fit, double Visible, double Covered, double Differing)
{
    /// <summary>Maps pixels of the reference to those of the picture.</summary>
    public PlaneTransform ReferenceToPicture => PictureToReference.Invert();
}
