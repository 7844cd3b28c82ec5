namespace Chitti.Registration;

/// <summary>Looks for one reference in one picture.</summary>
internal sealed class ReferenceSearch(int index, PreparedReference reference, GreyPlane picture, PlaneLevels levels, RegistrationOptions options)
{
    private const int NearRange = 12;
    private const int FarRange = 40;

    // Fits that differ by less don't tell two positions apart.
    private const double Tie = 0.01;
    private const double WholeOverlap = 0.95;
    private const int RivalsRefined = 64;
    private const int RivalIterations = 5;
    private const int RivalsTried = 6;
    private const int FineIterations = 8;
    private const int SparseFeatures = 450;
    private const int SparseRefined = 32;
    private const int SparseTried = 4;

    // Below the least visible share: what just misses it is refused for that reason, and what shows less does not count, because a
    // small part of a picture fits by chance.
    private const double VisibleSlack = 0.04;

    // A score before refinement may be that much too low.
    private const double MirrorSlack = 0.3;
    private const int MirrorsTried = 4;

    // What two alignments of an equally good fit may differ by: at least, and as a share of what does not fit.
    private const double MinMirrorGain = 0.003;
    private const double MirrorGainShare = 0.1;

    // Close enough for the refinement to reach what lies between.
    private static readonly double[] _rotations = [-8, -4, 0, 4, 8];
    private static readonly double[] _scales = [0.8, 0.86, 0.93, 1, 1.08, 1.16, 1.25];

    private readonly PointAlignment?[] _alignments = new PointAlignment?[reference.Levels.All.Length];

    public int Index => index;

    private int Coarse { get; } = reference.Levels.Nearest(80);

    private int Middle { get; } = reference.Levels.Nearest(160);

    /// <summary>Assumes that the picture was taken like the reference, but for a small shift and rotation.</summary>
    public Candidate? FindNear()
    {
        var start = Turns.Map(reference.Plane, picture, 0, (double)picture.LongSide / reference.Plane.LongSide);
        var shifted = Shift(start, NearRange);
        return Climb(Better(Start(start), Start(shifted)));
    }

    /// <summary>Looks everywhere within the limits, and somewhat beyond, until a position is certain.</summary>
    public Candidate? FindFar(Features features)
    {
        Candidate? best = null;
        foreach (var start in FeatureSearch.Find(reference, features, picture))
        {
            best = Candidate.Better(best, Climb(Start(start)));
            if (best is { IsCertain: true })
            {
                return best;
            }
        }

        for (var turn = 0; turn < 4; turn++)
        {
            var start = Turns.Map(reference.Plane, picture, 90 * turn, (double)picture.LongSide / reference.Plane.LongSide);
            best = Candidate.Better(best, Climb(Start(Shift(start, FarRange))));
        }

        return best;
    }

    /// <summary>
    /// Looks at each rotation and scale within the default limits in turn, for references with too few features to be found by them.
    /// Null for the others: a picture in which many features can't be found is another part.
    /// </summary>
    public Candidate? FindSparse()
    {
        if (reference.Features.Count > SparseFeatures)
        {
            return null;
        }

        var starts = new List<PointFit>();
        for (var turn = 0; turn < 4; turn++)
        {
            foreach (var rotation in _rotations)
            {
                foreach (var scale in _scales)
                {
                    var start = Turns.Map(reference.Plane, picture, (90 * turn) + rotation, scale * picture.LongSide / reference.Plane.LongSide);
                    starts.Add(ShiftSearch.Best(reference.Points[Coarse], PictureLevel(Coarse), start, FarRange, isWide: true));
                }
            }
        }

        Candidate? best = null;
        foreach (var start in starts
            .OrderByDescending(start => start.Score)
            .Take(SparseRefined)
            .Select(start => Start(start.ToPicture))
            .OrderByDescending(start => start.Score)
            .Take(SparseTried))
        {
            best = Candidate.Better(best, Climb(start));
        }

        return best;
    }

    /// <summary>Refines to the finest level, and looks whether the part fits elsewhere as well or better.</summary>
    public Candidate Settle(Candidate candidate)
    {
        var ties = new List<Candidate>();
        for (var i = 0; i < 4 && reference.Rivals.Count > 0; i++)
        {
            var rivals = FindRivals(candidate);
            var best = rivals.Aggregate(candidate, (one, other) => Candidate.Better(one, other)!);
            ties = [.. rivals.Append(candidate).Where(one => one != best && one.Measure.Edges >= best.Measure.Edges - Tie)];
            if (best == candidate)
            {
                break;
            }

            candidate = best;
        }

        candidate = ties.Count == 0 ? candidate : Choose(candidate, ties);
        return Finish(candidate) with { IsMirrored = IsMirrored(candidate) };
    }

    /// <summary>
    /// Whether the picture is better explained by the mirror image of the part. A symmetric design with a few marks that are
    /// not fits its mirror image nearly as well as a part with a few defects fits its reference, so the fit alone can't tell.
    /// </summary>
    private bool IsMirrored(Candidate candidate)
    {
        var alignment = At(Middle);
        var own = alignment.Score(candidate.ToPicture);
        return reference.Mirrors
            .Select(mirror => mirror.Then(candidate.ToPicture))
            .Select(map => (Map: map, Score: alignment.Score(map)))
            .Where(one => one.Score > own - MirrorSlack)
            .OrderByDescending(one => one.Score)
            .Take(MirrorsTried)
            .Any(one => Climb(Start(one.Map)) is { } mirrored && mirrored.Measure.Edges - candidate.Measure.Edges
                > Math.Max(MinMirrorGain, MirrorGainShare * (1 - mirrored.Measure.Edges)));
    }

    /// <summary>
    /// Among positions that fit equally, the one in which picture and reference cover each other; else it is not known how
    /// the part lies. Turns that look the same are no ambiguity: the smallest is as good as any.
    /// </summary>
    private Candidate Choose(Candidate best, List<Candidate> ties)
    {
        ties.Add(best);
        var whole = ties.Where(one => one.Measure.Visible >= WholeOverlap && one.Measure.Covered >= WholeOverlap).ToList();
        var chosen = (whole.Count > 0 ? whole : ties).OrderBy(Turn).ThenByDescending(one => one.Measure.Edges).First();
        return chosen with { IsAmbiguous = whole.Count == 0 && ties.Any(one => one != chosen && Turn(one) == Turn(chosen)) };

        int Turn(Candidate one) => TransformLimits.Of(one.ToPicture, reference.Plane).Turn;
    }

    private List<Candidate> FindRivals(Candidate candidate)
    {
        var alignment = At(Middle);
        var own = alignment.Score(candidate.ToPicture);
        // What shows less than permitted would fill the few places: of repeated cells, a corner without the odd one fits best.
        var minShare = options.MinVisible - (2 * VisibleSlack);
        var found = new List<Candidate>();
        foreach (var start in reference.Rivals
            .Select(rival => rival.Then(candidate.ToPicture))
            .Select(map => (Map: map, Score: alignment.Score(map, minShare)))
            .Where(one => one.Score > own - 0.3)
            .OrderByDescending(one => one.Score)
            .Take(RivalsRefined)
            // A cell that differs among many that don't is less than what an unrefined position costs.
            .Select(one => alignment.Refine(one.Map, Motion.Similarity, RivalIterations))
            .OrderByDescending(start => alignment.Score(start.ToPicture, minShare))
            .Take(RivalsTried))
        {
            if (Climb(start) is { } rival && !SelfSimilarity.IsNear(rival.ToPicture, candidate.ToPicture, reference.Plane)
                && found.All(other => !SelfSimilarity.IsNear(rival.ToPicture, other.ToPicture, reference.Plane)))
            {
                found.Add(rival);
            }
        }

        return found;
    }

    private PlaneTransform Shift(in PlaneTransform start, int range) =>
        ShiftSearch.Best(reference.Points[Coarse], PictureLevel(Coarse), start, range).ToPicture;

    private PointFit Start(in PlaneTransform start) => At(Middle).Refine(start, Motion.Similarity, 15);

    private static PointFit Better(in PointFit one, in PointFit other) => other.Score > one.Score ? other : one;

    /// <summary>From the middle level to that of the fit, and measures it.</summary>
    private Candidate? Climb(in PointFit start)
    {
        var fit = start.Score > 0.1 ? At(reference.Levels.FitIndex).Refine(start.ToPicture, Motion.Similarity, 10) : default;
        return fit.Score > 0.1 && Measure(fit.ToPicture) is var found && found.Measure.Visible >= options.MinVisible - VisibleSlack ? found : null;
    }

    private Candidate Finish(Candidate candidate)
    {
        var finished = Candidate.Better(Finish(candidate, Motion.Similarity), Finish(candidate, Motion.Affine));
        if (options.Perspective)
        {
            finished = Candidate.Better(finished, Finish(candidate, Motion.Projective));
        }

        finished = finished is null || finished.Measure.Edges < candidate.Measure.Edges ? candidate : finished;
        return finished with
        {
            IsAmbiguous = candidate.IsAmbiguous || At(reference.Levels.FitIndex).Determinacy(finished.ToPicture) < Candidate.MinDeterminacy,
        };
    }

    /// <summary>Null if the motion leads beyond what is permitted although the start does not.</summary>
    private Candidate? Finish(Candidate candidate, Motion motion)
    {
        var map = candidate.ToPicture;
        if (motion != Motion.Similarity)
        {
            map = Refined(reference.Levels.FitIndex, map, motion);
        }

        for (var i = reference.Levels.FitIndex - 1; i >= 0; i--)
        {
            if (reference.Levels.All[i].Plane.LongSide <= 1.5 * levels.All[0].Plane.LongSide)
            {
                map = Refined(i, map, motion);
            }
        }

        return motion == Motion.Similarity || IsPermitted(map) || !IsPermitted(candidate.ToPicture) ? Measure(map) : null;
    }

    private bool IsPermitted(in PlaneTransform map) =>
        TransformLimits.Of(map, reference.Plane).FindFault(options, (double)picture.LongSide / reference.Plane.LongSide) is null;

    private PlaneTransform Refined(int level, in PlaneTransform map, Motion motion) =>
        At(level).Refine(map, motion, FineIterations) is { Score: > 0.1 } fit ? fit.ToPicture : map;

    private Candidate Measure(in PlaneTransform map) =>
        new(index, map, FitMeasure.Of(reference.Levels.Fit, reference.Contrast, levels.Fit, map));

    private PointAlignment At(int level) => _alignments[level] ??= new(reference.Points[level], PictureLevel(level));

    private PlaneLevel PictureLevel(int level) => levels.All[levels.Nearest(reference.Levels.All[level].Plane.LongSide)];
}
