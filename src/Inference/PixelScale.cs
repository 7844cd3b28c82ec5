namespace Chitti.Inference;

/// <summary>
/// At which sizes a model was trained to see things. Smaller or larger, it misses defects or invents them, and says nothing
/// about it.
/// </summary>
/// <param name="Min">Smallest scale: input pixels per pixel of a picture like those that the model was trained on, above 0.</param>
/// <param name="Max">Largest scale, at least <paramref name="Min"/>.</param>
/// <param name="PixelsPerMillimetre">Resolution of those pictures; null if it is not known.</param>
public sealed record PixelScale(double Min, double Max, double? PixelsPerMillimetre)
{
    /// <summary>The scale at which a picture is shown to the model.</summary>
    /// <param name="ratio">Input pixels per pixel of the picture.</param>
    /// <param name="millimetresPerPixel">Calibration of the picture. Without it, its resolution is taken to be that of the training.</param>
    public double Of(double ratio, double? millimetresPerPixel) => ratio * Factor(millimetresPerPixel);

    /// <summary>Whether the model was trained at a scale. Ratios are rounded, so a little is tolerated.</summary>
    public bool Includes(double scale) => scale >= Min * 0.999 && scale <= Max * 1.001;

    /// <summary>The ratio nearest to the picture's own pixels at which the model may see it; null if its pixels would have to be enlarged too much.</summary>
    internal double? FindRatio(double? millimetresPerPixel)
    {
        var factor = Factor(millimetresPerPixel);
        var ratio = Math.Clamp(1, Min / factor, Max / factor);
        return ratio <= Max * 1.001 ? ratio : null;
    }

    private double Factor(double? millimetresPerPixel) =>
        millimetresPerPixel is { } size && PixelsPerMillimetre is { } resolution ? 1 / (size * resolution) : 1;
}
