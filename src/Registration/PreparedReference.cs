namespace Chitti.Registration;

/// <summary>
/// A picture of a good part with all that aligning to it needs, computed once. Immutable and safe to use by several threads.
/// Its memory is managed, so there is nothing to dispose.
/// </summary>
public sealed class PreparedReference
{
    private const int MinSide = 24;

    private PreparedReference(GreyPlane plane)
    {
        Plane = plane;
        if (Math.Min(plane.Width, plane.Height) < MinSide)
        {
            Fault = RegistrationRefusalReason.TooSmall;
            return;
        }

        Levels = PlaneLevels.Create(plane);
        Contrast = FindContrast(Levels.Fit.Plane);
        Points = [.. Levels.All.Select(level => GradientPoints.Choose(level, plane, PointCount(level.Plane.LongSide)))];
        if (!HasStructure(Levels) || Points.Any(points => points.Count < PointAlignment.MinPoints) || !IsDetermined())
        {
            Fault = RegistrationRefusalReason.NoStructure;
            return;
        }

        Features = Features.Find(Levels);
        Rivals = SelfSimilarity.Find(this);
        Mirrors = SelfSimilarity.FindMirrored(this);
        Bytes = plane.Pixels.LongLength + Levels.All.Sum(level => level.Plane.Pixels.LongLength) + Points.Sum(points => points.Bytes) + Features.Bytes;
    }

    /// <summary>The whole reference.</summary>
    public GreyPlane Plane { get; }

    /// <summary>Why nothing can be aligned to it: it is too small, or has no structure (stripes have none along themselves); null if it can be used.</summary>
    public RegistrationRefusalReason? Fault { get; }

    /// <summary>Memory that it holds, the picture itself included.</summary>
    public long Bytes { get; }

    internal PlaneLevels Levels { get; } = null!;

    /// <summary>For each level.</summary>
    internal GradientPoints[] Points { get; } = [];

    internal Features Features { get; } = null!;

    /// <summary>Maps of the reference onto itself under which it looks much the same, without the identity.</summary>
    internal IReadOnlyList<PlaneTransform> Rivals { get; } = [];

    /// <summary>Reflections of the reference onto itself under which it looks somewhat the same.</summary>
    internal IReadOnlyList<PlaneTransform> Mirrors { get; } = [];

    /// <summary>Grey levels between its dark and its bright pixels.</summary>
    internal double Contrast { get; }

    /// <summary>
    /// Prepares a reference; takes about 50 ms for 640 x 640 pixels. Always succeeds: look at <see cref="Fault"/>.
    /// </summary>
    /// <param name="plane">Kept; prepared in the same way (grey, orientation) as the pictures that will be compared.</param>
    public static PreparedReference Create(GreyPlane plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        return new(plane);
    }

    /// <summary>Whether the grey levels vary at all at the level for the fit.</summary>
    internal static bool HasStructure(PlaneLevels levels) => FindContrast(levels.Fit.Plane) >= 8;

    internal static bool IsTooSmall(GreyPlane plane) => Math.Min(plane.Width, plane.Height) < MinSide;

    private bool IsDetermined() =>
        new PointAlignment(Points[Levels.FitIndex], Levels.Fit).Determinacy(PlaneTransform.Identity) >= Candidate.MinDeterminacy;

    private static int PointCount(int longSide) => longSide switch
    {
        <= 100 => 300,
        <= 200 => 1500,
        <= 400 => 2500,
        _ => 4000,
    };

    private static double FindContrast(GreyPlane plane)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var value in plane.Values)
        {
            counts[value]++;
        }

        return Quantile(counts, plane.Values.Length * 0.98) - Quantile(counts, plane.Values.Length * 0.02);
    }

    private static int Quantile(ReadOnlySpan<int> counts, double rank)
    {
        var sum = 0;
        for (var value = 0; value < counts.Length; value++)
        {
            sum += counts[value];
            if (sum > rank)
            {
                return value;
            }
        }

        return counts.Length - 1;
    }
}
