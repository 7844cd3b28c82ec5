namespace Chitti.Inference;

/// <summary>
/// Merges what was found in overlapping parts of a picture: nothing is counted twice, and what an edge cuts off is taken from
/// the neighbour that shows it whole, or put together from the pieces.
/// </summary>
/// <param name="plan">The parts.</param>
/// <param name="width">Of the picture.</param>
/// <param name="height">Of the picture.</param>
/// <param name="options">How boxes suppress each other within one part.</param>
internal sealed class TileMerging(TilePlan plan, int width, int height, DetectionOptions options)
{
    // The same thing, seen in two parts: boxes of small defects differ by a pixel or two.
    private const float SameIou = 0.3f;

    // Of the smaller box. A piece lies within the whole.
    private const float PieceShare = 0.5f;

    // Pixels within which a box ends at an edge.
    private const float EdgeMargin = 3;

    private readonly List<(Candidate Box, int Tile)> _whole = [];
    private readonly List<Candidate> _pieces = [];

    /// <summary>Adds what was found in one part.</summary>
    /// <param name="tile">Index of the part.</param>
    /// <param name="found">In pixels of the picture, without doubles.</param>
    public void Add(int tile, IEnumerable<Candidate> found)
    {
        foreach (var box in found)
        {
            if (plan.Tiles[tile].CutsOff(box, EdgeMargin, width, height))
            {
                _pieces.Add(box);
            }
            else
            {
                _whole.Add((box, tile));
            }
        }
    }

    /// <summary>Adds what was found in the picture as a whole. Only what no part can show whole counts: for the rest the scale is wrong.</summary>
    /// <param name="found">In pixels of the picture.</param>
    public void AddOverview(IEnumerable<Candidate> found)
    {
        foreach (var box in found.Where(box => Math.Max(box.Right - box.Left, box.Bottom - box.Top) > plan.Overlap))
        {
            _whole.Add((box, -1));
        }
    }

    /// <summary>The result, most confident first.</summary>
    public List<Candidate> Merge()
    {
        var kept = new List<(Candidate Box, int Tile)>();
        foreach (var (box, tile) in _whole.OrderBy(one => one.Box))
        {
            if (!kept.Exists(better => better.Tile != tile && IsSame(better.Box, box)))
            {
                kept.Add((box, tile));
            }
        }

        var result = kept.ConvertAll(one => one.Box);
        result.AddRange(Join(_pieces.Where(piece => !kept.Exists(one => Share(one.Box, piece) > PieceShare))));
        result.Sort();
        return result.Count <= NonMaximumSuppression.MaxKept ? result : result[..NonMaximumSuppression.MaxKept];
    }

    private bool IsSame(in Candidate first, in Candidate second) =>
        (options.ClassAgnosticNms || first.ClassId == second.ClassId)
        && (first.IntersectionOverUnion(second) > SameIou || Share(first, second) > 2 * SameIou);

    /// <summary>Pieces of one thing overlap where their parts do.</summary>
    private static List<Candidate> Join(IEnumerable<Candidate> pieces)
    {
        var joined = new List<Candidate>();
        foreach (var piece in pieces.Order())
        {
            var whole = piece;
            for (int at; (at = joined.FindIndex(other => other.ClassId == whole.ClassId && Share(other, whole) > 0)) >= 0;)
            {
                whole = Union(joined[at], whole);
                joined.RemoveAt(at);
            }

            joined.Add(whole);
        }

        return joined;
    }

    private static Candidate Union(in Candidate first, in Candidate second) => new(
        Math.Max(first.Confidence, second.Confidence), first.ClassId,
        Math.Min(first.Left, second.Left), Math.Min(first.Top, second.Top), Math.Max(first.Right, second.Right), Math.Max(first.Bottom, second.Bottom));

    /// <summary>The intersection as a share of the smaller box, 0..1.</summary>
    private static float Share(in Candidate first, in Candidate second)
    {
        var across = Math.Min(first.Right, second.Right) - Math.Max(first.Left, second.Left);
        var down = Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Top, second.Top);
        return across <= 0 || down <= 0 ? 0 : across * down / Math.Min(Area(first), Area(second));
    }

    private static float Area(in Candidate box) => (box.Right - box.Left) * (box.Bottom - box.Top);
}
