namespace Chitti.Registration;

/// <summary>
/// Finds where a reference looks like itself: shifted by a cell of a repeated pattern, or turned. A picture that fits somewhere
/// may fit better, or equally well, at one of these.
/// </summary>
internal static class SelfSimilarity
{
    // Corners closer than this share of the longer side are one position.
    private const double Apart = 0.012;

    /// <summary>Shifts and turns, without the identity.</summary>
    public static List<PlaneTransform> Find(PreparedReference reference) =>
        Find(reference, PlaneTransform.Identity, new() { MinCoarseScore = 0.45, MinScore = 0.6, MaxCount = 256 }, [(2, PlaneTransform.Identity)]);

    /// <summary>Reflections. Their limit is low, because a reflection that does not look alike costs a picture nothing but time.</summary>
    public static List<PlaneTransform> FindMirrored(PreparedReference reference) => Find(
        reference,
        new(-1, 0, reference.Plane.Width - 1, 0, 1, 0),
        new() { MinCoarseScore = 0.25, MinScore = 0.4, MaxCount = 16 },
        []);

    private static List<PlaneTransform> Find(
        PreparedReference reference, PlaneTransform first, Limits limits, List<(double Score, PlaneTransform Map)> found)
    {
        var (levels, plane) = (reference.Levels, reference.Plane);
        var (coarse, fine) = (levels.Nearest(80), levels.Nearest(160));
        var known = found.Count;
        var alignment = new PointAlignment(reference.Points[fine], levels.All[fine]);
        for (var turn = 0; turn < 4; turn++)
        {
            var start = first.Then(Turns.Map(plane, plane, 90 * turn, 1));
            var search = new ShiftSearch(reference.Points[coarse], levels.All[coarse], start, levels.All[coarse].Plane.LongSide / 2);
            foreach (var shift in search.Peaks(limits.MinCoarseScore))
            {
                var fit = alignment.Refine(start.Then(shift), Motion.Similarity, 10);
                if (fit.Score >= limits.MinScore && found.All(other => !IsNear(fit.ToPicture, other.Map, plane)))
                {
                    found.Add((fit.Score, fit.ToPicture));
                }
            }
        }

        return [.. found.Skip(known).OrderByDescending(one => one.Score).Take(limits.MaxCount).Select(one => one.Map)];
    }

    /// <summary>Whether two maps take the corners of a plane to the same places.</summary>
    public static bool IsNear(in PlaneTransform one, in PlaneTransform other, GreyPlane plane)
    {
        // Relative to the target's pixels; the linear part tells how large these are.
        var size = plane.LongSide * Math.Sqrt(Math.Abs((one.A * one.E) - (one.B * one.D)));
        foreach (var (x, y) in (ReadOnlySpan<(double, double)>)[(0, 0), (plane.Width, 0), (0, plane.Height), (plane.Width, plane.Height)])
        {
            var (x1, y1) = one.Apply(x, y);
            var (x2, y2) = other.Apply(x, y);
            if (!(Math.Abs(x1 - x2) + Math.Abs(y1 - y2) < Apart * size))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Correlations from which a map counts, and how many at most.</summary>
    private readonly record struct Limits(double MinCoarseScore, double MinScore, int MaxCount);
}
