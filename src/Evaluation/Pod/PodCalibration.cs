namespace Chitti.Evaluation;

/// <summary>By what sizes in pixels became millimetres.</summary>
/// <param name="MillimetresPerPixel">Above 0.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Statement">The same in words.</param>
public sealed record PodCalibration(double MillimetresPerPixel, PodCalibrationSource Source, string Statement)
{
    /// <summary>What to do where there is none.</summary>
    internal const string None = "No size is given in mm: the profile has no millimetres_per_pixel, and the model no pixels_per_millimetre.";

    /// <param name="millimetresPerPixel">The profile's; null without it.</param>
    /// <param name="pixelsPerMillimetre">The model's; null without it.</param>
    internal static PodCalibration? Of(double? millimetresPerPixel, double? pixelsPerMillimetre) => (millimetresPerPixel, pixelsPerMillimetre) switch
    {
        ({ } profile, _) => new(profile, PodCalibrationSource.Profile, FormattableString.Invariant($"Sizes in mm: {profile:0.######} mm per pixel, from the profile.")),
        (null, { } model) => new(1 / model, PodCalibrationSource.Model, FormattableString.Invariant(
            $"Sizes in mm are assumed: the profile has no millimetres_per_pixel, so the {model:0.####} pixels per mm of the model's training were taken. They are wrong if these pictures have another resolution.")),
        _ => null,
    };
}
