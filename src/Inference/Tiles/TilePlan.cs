using System.Globalization;
using Chitti.Domain;

namespace Chitti.Inference;

/// <summary>In which parts a picture is shown to the model, and whether that is at a scale that it was trained at.</summary>
/// <param name="Tiles">The parts; empty for the whole picture only.</param>
/// <param name="Overlap">Pixels of the picture that neighbours share at least.</param>
/// <param name="Scale">The check of the scale; null if the model does not say what it was trained at.</param>
internal sealed record TilePlan(IReadOnlyList<Tile> Tiles, float Overlap, ScaleCheck? Scale)
{
    // Of the input. Nothing smaller is cut off in each of two neighbours.
    private const double OverlapShare = 0.15;

    /// <summary>Share of the picture that is shown at a permitted scale, 0..1.</summary>
    public double Coverage { get; private init; } = Scale is { Fault: not null } ? 0 : 1;

    /// <summary>Nothing is shown, because there is nothing to compare it with.</summary>
    public TilePlan WithoutCoverage() => this with { Tiles = [], Coverage = 0 };

    public static TilePlan For(int width, int height, InputLayout input, PixelScale? trained, DetectionOptions options)
    {
        var whole = Letterbox.Fit(width, height, input).Ratio;
        if (options.Tiling != Tiling.Auto && options.Tiling != Tiling.Off)
        {
            var tiles = Grid(width, height, options.Tiling.Columns, options.Tiling.Rows, OverlapShare);
            return new(tiles, (float)(OverlapShare * tiles[0].Width), Check(trained, Letterbox.Fit(tiles[0].Width, tiles[0].Height, input).Ratio, options));
        }

        var check = Check(trained, whole, options);
        if (options.Tiling == Tiling.Off || check is not { Fault: not null } || check.Scale > trained!.Max)
        {
            return new([], 0, check);
        }

        if (trained.FindRatio(options.MillimetresPerPixel) is not { } ratio)
        {
            return new([], 0, check with { Fault = EnlargedFault(trained, trained.Of(trained.Max, options.MillimetresPerPixel)) });
        }

        var (tileWidth, tileHeight) = (Side(input.Width, ratio, width), Side(input.Height, ratio, height));
        var (columns, rows) = (Count(width, tileWidth), Count(height, tileHeight));
        return (long)columns * rows > Tiling.MaxTiles
            ? new([], 0, check with { Fault = Text($"the picture is too large: at the scale of the model's training it takes {(long)columns * rows} tiles, at most {Tiling.MaxTiles} are allowed; photograph a smaller area") })
            : new(
                Place(width, height, tileWidth, tileHeight, columns, rows), (float)(OverlapShare * tileWidth),
                Check(trained, Letterbox.Fit(tileWidth, tileHeight, input).Ratio, options));
    }

    private static ScaleCheck? Check(PixelScale? trained, double ratio, DetectionOptions options)
    {
        if (trained is null)
        {
            return null;
        }

        var scale = trained.Of(ratio, options.MillimetresPerPixel);
        if (trained.Includes(scale))
        {
            return new(scale, scale - trained.Min < trained.Max - scale ? trained.Min : trained.Max, null);
        }

        return scale < trained.Min
            ? new(scale, trained.Min, Text($"the picture is shown to the model at {scale:0.00} of its size in the training, which was at least {trained.Min:0.00}: inspect it in tiles, or photograph a smaller area"))
            : new(scale, trained.Max, EnlargedFault(trained, scale));
    }

    private static string EnlargedFault(PixelScale trained, double scale) =>
        Text($"the picture has too few pixels: it is shown to the model at {scale:0.00} of its size in the training, which was at most {trained.Max:0.00}; photograph it at a higher resolution");

    private static int Side(int input, double ratio, int side) => Math.Min(side, (int)Math.Round(input / ratio));

    private static int Count(int side, int tile)
    {
        var step = Math.Max(1, tile - (int)Math.Ceiling(OverlapShare * tile));
        return side <= tile ? 1 : 1 + (int)Math.Ceiling((double)(side - tile) / step);
    }

    /// <summary>Parts of equal size, so large that neighbours share enough.</summary>
    private static Tile[] Grid(int width, int height, int columns, int rows, double overlap)
    {
        return Place(width, height, Extent(width, columns), Extent(height, rows), columns, rows);

        int Extent(int side, int count) => Math.Clamp((int)Math.Ceiling(side / (count - ((count - 1) * overlap))), 1, side);
    }

    private static Tile[] Place(int width, int height, int tileWidth, int tileHeight, int columns, int rows) =>
    [
        .. from row in Enumerable.Range(0, rows)
           from column in Enumerable.Range(0, columns)
           select new Tile(At(column, columns, width - tileWidth), At(row, rows, height - tileHeight), tileWidth, tileHeight),
    ];

    private static int At(int index, int count, int room) => count == 1 ? 0 : (int)((long)index * room / (count - 1));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
