using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class PictureMeasuresTests
{
    private const int Side = 128;

    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(90, 0.02)]
    [InlineData(45, 1)]
    public async Task DiagonalEdges_Stripes_FollowTheirDirection(float degrees, double expected)
    {
        var measures = await MeasureAsync(canvas =>
        {
            canvas.RotateDegrees(degrees, Side / 2f, Side / 2f);
            using var black = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            for (var x = -Side; x < 2 * Side; x += 24)
            {
                canvas.DrawRect(x, -Side, 12, 3 * Side, black);
            }
        });

        Assert.Equal(expected, measures.DiagonalEdges, 0.05);
    }

    [Fact]
    public async Task Measures_DarkerAndFlatterPicture_AreTheSame()
    {
        var bright = await MeasureAsync(canvas => DrawBlock(canvas, SKColors.Black), SKColors.White);
        var dull = await MeasureAsync(canvas => DrawBlock(canvas, new(60, 60, 60)), new(150, 150, 150));

        Assert.Equal(bright.GreyLevels, dull.GreyLevels);
        Assert.Equal((bright.EdgeDensity, bright.FlatDark, bright.FlatBright), (dull.EdgeDensity, dull.FlatDark, dull.FlatBright));
        Assert.Equal(0.5, bright.FlatDark);
        Assert.Equal(0.5, bright.FlatBright);
        Assert.Equal(0.25, bright.GreyLevels[0], 0.01);
    }

    [Fact]
    public async Task Measures_PictureWithPadding_LeaveItOut()
    {
        var square = await MeasureAsync(canvas => DrawBlock(canvas, SKColors.Black), SKColors.White);
        var wide = await MeasureAsync(canvas => DrawBlock(canvas, SKColors.Black), SKColors.White, height: Side / 2);

        Assert.Equal(0.25, square.GreyLevels[0], 0.01);
        Assert.Equal(0.5, wide.GreyLevels[0], 0.01);
        Assert.Equal(1, wide.GreyLevels[0] + wide.GreyLevels[^1], 0.01);
    }

    [Fact]
    public async Task Measures_PictureWithoutContrast_AreFinite()
    {
        var flat = await MeasureAsync(_ => { }, new(90, 90, 90));

        Assert.Equal(1, flat.GreyLevels.Sum(), 6);
        Assert.Equal((0, 0), (flat.EdgeDensity, flat.DiagonalEdges));
        Assert.True(flat.GreyLevels[0] < 0.01 && flat.GreyLevels[^1] < 0.01);
    }

    private static void DrawBlock(SKCanvas canvas, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        canvas.DrawRect(0, 0, Side / 2f, Side / 2f, paint);
    }

    private static async Task<PictureMeasures> MeasureAsync(Action<SKCanvas> draw, SKColor? background = null, int height = Side)
    {
        using var bitmap = new SKBitmap(Side, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(background ?? SKColors.White);
            draw(canvas);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var model = OnnxModel.Load(TinyOnnx.Save(TinyOnnx.Model([1, 3, Side, Side], [1, 6, 336], new float[6 * 336])));
        await using var engine = new CpuDetectionEngine(model, new() { Sessions = 1 });
        var outcome = await engine.DetectAsync(png.ToArray(), new() { KeepLookedAt = true });
        return Assert.Single(outcome.Result!.LookedAt).Picture;
    }
}
