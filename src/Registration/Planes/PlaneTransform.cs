namespace Chitti.Registration;

/// <summary>
/// A projective map between the pixels of two planes, where (0, 0) is the centre of the top left pixel:
/// x' = (A x + B y + C) / w, y' = (D x + E y + F) / w, w = G x + H y + 1. It is affine if G and H are 0.
/// </summary>
public readonly record struct PlaneTransform(double A, double B, double C, double D, double E, double F, double G = 0, double H = 0)
{
    /// <summary>Maps each point to itself.</summary>
    public static PlaneTransform Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Whether the upper two rows say all.</summary>
    public bool IsAffine => G == 0 && H == 0;

    /// <summary>Whether every coefficient is a number.</summary>
    public bool IsFinite => double.IsFinite(A + B + C + D + E + F + G + H);

    /// <summary>Rotation by <paramref name="degrees"/> (clockwise on the screen) and scaling about the origin, then a shift.</summary>
    public static PlaneTransform Similarity(double degrees, double scale, double x, double y)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(scale * cos, -scale * sin, x, scale * sin, scale * cos, y);
    }

    /// <summary>Shift.</summary>
    public static PlaneTransform Translation(double x, double y) => new(1, 0, x, 0, 1, y);

    /// <summary>The image of a point.</summary>
    public (double X, double Y) Apply(double x, double y)
    {
        var w = (G * x) + (H * y) + 1;
        return (((A * x) + (B * y) + C) / w, ((D * x) + (E * y) + F) / w);
    }

    /// <summary>The map that applies this one first and <paramref name="next"/> to its result.</summary>
    public PlaneTransform Then(in PlaneTransform next)
    {
        var n = next;
        return Scaled(
            (n.A * A) + (n.B * D) + (n.C * G), (n.A * B) + (n.B * E) + (n.C * H), (n.A * C) + (n.B * F) + n.C,
            (n.D * A) + (n.E * D) + (n.F * G), (n.D * B) + (n.E * E) + (n.F * H), (n.D * C) + (n.E * F) + n.F,
            (n.G * A) + (n.H * D) + G, (n.G * B) + (n.H * E) + H, (n.G * C) + (n.H * F) + 1);
    }

    /// <summary>The inverse map; its coefficients are not finite if there is none.</summary>
    public PlaneTransform Invert() => Scaled(
        E - (F * H), (C * H) - B, (B * F) - (C * E),
        (F * G) - D, A - (C * G), (C * D) - (A * F),
        (D * H) - (E * G), (B * G) - (A * H), (A * E) - (B * D));

    /// <summary>The affine map that agrees with this one near a point up to first order.</summary>
    internal PlaneTransform LinearAt(double x, double y)
    {
        var w = (G * x) + (H * y) + 1;
        var (u, v) = Apply(x, y);
        var (a, b) = ((A - (G * u)) / w, (B - (H * u)) / w);
        var (d, e) = ((D - (G * v)) / w, (E - (H * v)) / w);
        return new(a, b, u - (a * x) - (b * y), d, e, v - (d * x) - (e * y));
    }

    private static PlaneTransform Scaled(double a, double b, double c, double d, double e, double f, double g, double h, double i) =>
        new(a / i, b / i, c / i, d / i, e / i, f / i, g / i, h / i);
}
