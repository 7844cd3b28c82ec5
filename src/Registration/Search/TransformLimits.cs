using System.Globalization;

namespace Chitti.Registration;

/// <summary>Rotation, scale and shear of a transform, and whether they are permitted.</summary>
/// <param name="Rotation">Away from the nearest quarter turn, in degrees.</param>
/// <param name="Turn">That quarter turn, 0 to 3.</param>
/// <param name="Scale">Size in the picture relative to the reference, in pixels.</param>
/// <param name="Stretch">Larger divided by smaller scale; infinite if mirrored.</param>
/// <param name="Bend">Change of the scale across the picture, as a share.</param>
internal readonly record struct TransformLimits(double Rotation, int Turn, double Scale, double Stretch, double Bend)
{
    // What the measurement may be off by at the limit itself.
    private const double RotationSlack = 0.2;
    private const double ScaleSlack = 1.005;

    private const double MaxStretch = 1.03;
    private const double MaxStretchWithPerspective = 1.08;
    private const double MaxBend = 0.12;

    /// <param name="toPicture">From the reference to the picture.</param>
    /// <param name="reference">Where the transform is taken apart: at its centre.</param>
    public static TransformLimits Of(in PlaneTransform toPicture, GreyPlane reference)
    {
        var (x, y) = ((reference.Width - 1) / 2.0, (reference.Height - 1) / 2.0);
        var m = toPicture.LinearAt(x, y);
        var degrees = Math.Atan2(m.D - m.B, m.A + m.E) * 180 / Math.PI;
        var turn = (int)Math.Round(degrees / 90);
        var determinant = (m.A * m.E) - (m.B * m.D);
        var mean = Math.Sqrt(((m.A + m.E) * (m.A + m.E)) + ((m.D - m.B) * (m.D - m.B))) / 2;
        var difference = Math.Sqrt(((m.A - m.E) * (m.A - m.E)) + ((m.D + m.B) * (m.D + m.B))) / 2;
        var bend = (Math.Abs(toPicture.G) * reference.Width) + (Math.Abs(toPicture.H) * reference.Height);
        return new(
            Math.Abs(degrees - (90 * turn)), turn & 3, Math.Sqrt(Math.Abs(determinant)),
            determinant > 0 ? (mean + difference) / (mean - difference) : double.PositiveInfinity, bend);
    }

    /// <summary>What is beyond the limits, in words; null if nothing is.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="sizeRatio">Longer side of the picture divided by the reference's.</param>
    public string? FindFault(RegistrationOptions options, double sizeRatio)
    {
        if (!double.IsFinite(Stretch))
        {
            return "it is mirrored";
        }

        if (!options.QuarterTurns && Turn != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is turned by {90 * Turn}°, and turned parts are not permitted");
        }

        if (!(Rotation <= options.MaxRotation + RotationSlack))
        {
            return string.Create(CultureInfo.InvariantCulture, $"it is rotated by {Rotation:0.0}°, of which {options.MaxRotation:0.#}° is permitted");
        }

        if (!IsScale(Scale, options) && !IsScale(Scale / sizeRatio, options))
        {
            return string.Create(CultureInfo.InvariantCulture, $"its scale is {Scale:0.00}, and {options.MinScale:0.##} to {options.MaxScale:0.##} is permitted");
        }

        return Stretch <= (options.Perspective ? MaxStretchWithPerspective : MaxStretch) && Bend <= MaxBend
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"it is distorted: one direction is scaled {Stretch:0.00} times the other");
    }

    private static bool IsScale(double scale, RegistrationOptions options) =>
        scale >= options.MinScale / ScaleSlack && scale <= options.MaxScale * ScaleSlack;
}
