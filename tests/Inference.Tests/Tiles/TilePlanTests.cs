using Chitti.Domain;
using FsCheck.Xunit;

namespace Chitti.Inference.Tests;

public class TilePlanTests
{
    private static readonly PixelScale _trained = new(0.75, 1.3, 48);

    private static readonly InputLayout _input = new()
    {
        Width = 640,
        Height = 640,
        Planes = [0, 1, 2],
        Factor = [1, 1, 1],
        Offset = [0, 0, 0],
        PaddingColour = [114, 114, 114],
        PaddingPlace = PaddingPlace.Center,
    };

    [Theory]
    [InlineData(640, 640, 1)]
    [InlineData(853, 640, 0.75)]
    [InlineData(493, 493, 1.3)]
    [InlineData(640, 100, 1)]
    public void For_PictureAtAPermittedScale_IsShownWhole(int width, int height, double scale)
    {
        var plan = Plan(width, height);

        Assert.Empty(plan.Tiles);
        Assert.Equal((1.0, null), (plan.Coverage, plan.Scale!.Fault));
        Assert.Equal(scale, plan.Scale.Scale, 0.01);
    }

    [Fact]
    public void For_LargePicture_IsShownInTilesOfItsOwnPixels()
    {
        var plan = Plan(4_000, 3_000);

        Assert.Equal(8 * 6, plan.Tiles.Count);
        Assert.All(plan.Tiles, tile => Assert.Equal((640, 640), (tile.Width, tile.Height)));
        Assert.Equal((1.0, 1.0, null), (plan.Coverage, plan.Scale!.Scale, plan.Scale.Fault));
    }

    [Theory]
    [InlineData(320, 320, "too few pixels")]
    [InlineData(64, 48, "too few pixels")]
    [InlineData(9_000, 6_000, "takes 187 tiles, at most 64 are allowed")]
    public void For_PictureThatCantBeShownAtAPermittedScale_SaysWhy(int width, int height, string fault)
    {
        var plan = Plan(width, height);

        Assert.Empty(plan.Tiles);
        Assert.Equal(0, plan.Coverage);
        Assert.Contains(fault, plan.Scale!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void For_LargePictureAndTilesOff_SaysWhatToDo()
    {
        var plan = Plan(1_280, 1_280, new() { Tiling = Tiling.Off });

        Assert.Empty(plan.Tiles);
        Assert.Equal((0.0, 0.5, 0.75), (plan.Coverage, plan.Scale!.Scale, plan.Scale.Limit));
        Assert.Contains("inspect it in tiles", plan.Scale.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2x2", 1_280, 1_280, true)]
    [InlineData("2x1", 1_280, 1_280, false)]
    [InlineData("3x3", 1_280, 1_280, false)]
    [InlineData("8x8", 1_280, 1_280, false)]
    [InlineData("1x2", 700, 1_200, true)]
    public void For_ColumnsAndRows_AreCheckedToo(string tiles, int width, int height, bool permitted)
    {
        var tiling = Tiling.Parse(tiles)!;
        var plan = Plan(width, height, new() { Tiling = tiling });

        Assert.Equal(tiling.Columns * tiling.Rows, plan.Tiles.Count);
        Assert.Equal(permitted, plan.Scale!.Fault is null);
        Assert.Equal(permitted ? 1 : 0, plan.Coverage);
    }

    // 24 pixels per millimetre are half of the training's: shown at twice their size they are like it, but that enlarges them too much.
    [Theory]
    [InlineData(1.0 / 48, 640, 0, true)]
    [InlineData(1.0 / 96, 1_280, 0, true)]
    [InlineData(1.0 / 96, 2_560, 9, true)]
    [InlineData(1.0 / 24, 640, 0, false)]
    [InlineData(1.0 / 38, 1_000, 4, true)]
    public void For_CalibratedPicture_IsShownAtTheScaleOfTheTraining(double millimetresPerPixel, int side, int tiles, bool permitted)
    {
        var plan = Plan(side, side, new() { MillimetresPerPixel = millimetresPerPixel });

        Assert.Equal((tiles, permitted), (plan.Tiles.Count, plan.Scale!.Fault is null));
    }

    [Fact]
    public void For_ModelThatDoesNotSay_ShowsTheWholeAndChecksNothing()
    {
        var plan = TilePlan.For(9_000, 6_000, _input, null, new());

        Assert.Empty(plan.Tiles);
        Assert.Equal((1.0, null), (plan.Coverage, plan.Scale));
    }

    [Property]
    public bool For_AnyPicture_TilesCoverItAndOverlap(ushort width, ushort height, byte columns, byte rows, bool auto)
    {
        var (w, h) = (width + 1, height + 1);
        var plan = Plan(w, h, new() { Tiling = auto ? Tiling.Auto : new((columns % 8) + 1, (rows % 8) + 1) });
        if (plan.Tiles.Count == 0)
        {
            return true;
        }

        return plan.Tiles.All(tile => tile is { X: >= 0, Y: >= 0, Width: >= 1, Height: >= 1 } && tile.X + tile.Width <= w && tile.Y + tile.Height <= h)
            && Covers(plan.Tiles.Select(tile => (tile.X, tile.Width)), w) && Covers(plan.Tiles.Select(tile => (tile.Y, tile.Height)), h);

        static bool Covers(IEnumerable<(int Start, int Length)> parts, int side)
        {
            var sorted = parts.Distinct().Order().ToList();
            return sorted[0].Start == 0 && sorted[^1].Start + sorted[^1].Length == side
                && sorted.Zip(sorted.Skip(1)).All(pair =>
                    pair.First.Start + pair.First.Length - pair.Second.Start >= Math.Min((0.15 * pair.First.Length) - 2, side - pair.First.Length));
        }
    }

    [Theory]
    [InlineData("auto", 0, 0)]
    [InlineData("off", 1, 1)]
    [InlineData("4x3", 4, 3)]
    [InlineData("64x1", 64, 1)]
    public void Parse_Text_GivesColumnsAndRows(string text, int columns, int rows) => Assert.Equal(new Tiling(columns, rows), Tiling.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("Auto")]
    [InlineData("0x3")]
    [InlineData("4x")]
    [InlineData("-1x-1")]
    [InlineData("9x8")]
    [InlineData("65x1")]
    [InlineData("4x3x2")]
    [InlineData("999999999999x1")]
    public void Parse_AnythingElse_IsNull(string text) => Assert.Null(Tiling.Parse(text));

    private static TilePlan Plan(int width, int height, DetectionOptions? options = null) => TilePlan.For(width, height, _input, _trained, options ?? new());
}
