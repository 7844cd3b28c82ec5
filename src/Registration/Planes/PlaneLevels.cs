namespace Chitti.Registration;

/// <summary>A plane at a smaller size, smoothed.</summary>
/// <param name="Plane">Smoothed.</param>
/// <param name="FromFull">Maps pixels of the full plane to those of this one.</param>
internal sealed record PlaneLevel(GreyPlane Plane, PlaneTransform FromFull);

/// <summary>
/// The sizes at which a plane is compared. They are the same for all planes, so that what is measured on them does not
/// depend on the number of pixels.
/// </summary>
internal sealed class PlaneLevels
{
    /// <summary>Longest side that is worked on.</summary>
    public const int MaxSide = 2560;

    /// <summary>Longer side where the fit is measured; smaller planes are measured as they are.</summary>
    public const int FitSide = 320;

    private static readonly int[] _sides = [1280, 640, FitSide, 160, 80];

    private PlaneLevels(PlaneLevel[] all, int fit) => (All, FitIndex) = (all, fit);

    /// <summary>From the finest to the coarsest.</summary>
    public PlaneLevel[] All { get; }

    /// <summary>Index of the level for the fit.</summary>
    public int FitIndex { get; }

    public PlaneLevel Fit => All[FitIndex];

    /// <param name="full">The whole plane.</param>
    /// <param name="buffers">Null for levels that are kept.</param>
    public static PlaneLevels Create(GreyPlane full, PlaneBuffers? buffers = null)
    {
        var sides = Sides(full.LongSide);
        var plane = full;
        var levels = new PlaneLevel[sides.Count];
        for (var i = 0; i < sides.Count; i++)
        {
            var (width, height) = (Scale(full.Width), Scale(full.Height));
            plane = (width, height) == (plane.Width, plane.Height) ? plane : Resampling.Shrink(plane, width, height, buffers);
            levels[i] = new(Resampling.Smooth(plane, buffers), Reduction(full, width, height));

            int Scale(int side) => Math.Max(1, (int)Math.Round((double)side * sides[i] / full.LongSide));
        }

        return new(levels, Math.Max(0, sides.IndexOf(FitSide)));
    }

    /// <summary>The level whose longer side is nearest to a length.</summary>
    public int Nearest(int side)
    {
        var best = 0;
        for (var i = 1; i < All.Length; i++)
        {
            if (Math.Abs(All[i].Plane.LongSide - side) < Math.Abs(All[best].Plane.LongSide - side))
            {
                best = i;
            }
        }

        return best;
    }

    private static List<int> Sides(int longSide)
    {
        var top = Math.Min(longSide, MaxSide);
        return [top, .. _sides.Where(side => side < top && (side <= FitSide || side < 0.75 * top))];
    }

    private static PlaneTransform Reduction(GreyPlane full, int width, int height)
    {
        var (x, y) = ((double)width / full.Width, (double)height / full.Height);
        return new(x, 0, (0.5 * x) - 0.5, 0, y, (0.5 * y) - 0.5);
    }
}
