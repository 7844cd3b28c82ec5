using Chitti.Tests;

namespace Chitti.Registration.Tests;

/// <summary>A scanned board with defects, and its template.</summary>
/// <param name="Name">Of both files; its first five characters name the design.</param>
/// <param name="Picture">With defects.</param>
/// <param name="Reference">Without.</param>
internal sealed record ScannedBoard(string Name, GreyPlane Picture, GreyPlane Reference)
{
    /// <summary>Boards of one design may show parts that look alike.</summary>
    public string Design => Name[..5];

    public PreparedReference Prepared { get; } = PreparedReference.Create(Reference);
}

/// <summary>Pairs of DeepPCB, if they are beside the checkout.</summary>
internal static class ScannedBoards
{
    // Shows a single stripe, which has no position along itself.
    private const string Stripe = "13000111.jpg";

    private static readonly Lazy<List<ScannedBoard>?> _pairs = new(Load);

    /// <summary>All pairs; null, and reported as not run, if there are none.</summary>
    public static List<ScannedBoard>? Pairs(string what)
    {
        if (_pairs.Value is null)
        {
            NotRun.Say($"{what} (no ../shared/data/deeppcb-val and -reference)");
        }

        return _pairs.Value;
    }

    private static List<ScannedBoard>? Load()
    {
        var (pictures, references) = (Repository.Path("..", "shared", "data", "deeppcb-val"), Repository.Path("..", "shared", "data", "deeppcb-val-reference"));
        if (!Directory.Exists(pictures) || !Directory.Exists(references))
        {
            return null;
        }

        return
        [
            .. Directory.EnumerateFiles(references, "*.jpg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
                .Where(name => name != Stripe)
                .Select(name => new ScannedBoard(name, Drawing.Load(Path.Combine(pictures, name)), Drawing.Load(Path.Combine(references, name)))),
        ];
    }
}
