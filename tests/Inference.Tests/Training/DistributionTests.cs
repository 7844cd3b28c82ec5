using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>Comparing pictures with those of the training, in the engine.</summary>
public sealed class DistributionTests
{
    private const int Side = 64;

    [Fact]
    public async Task DetectAsync_ModelWithoutStatistics_ComparesNothing()
    {
        var result = await DetectAsync(TinyOnnx.Save(Model()), Grey(128));

        Assert.Null(result.Training);
        Assert.Empty(result.LookedAt);
    }

    [Fact]
    public async Task DetectAsync_PictureUnlikeTheTraining_IsFartherThanTheLimit()
    {
        var path = await CalibratedAsync();

        var (like, unlike) = (await DetectAsync(path, Grey(128)), await DetectAsync(path, Grey(255)));

        var limit = OnnxModel.Load(path).Description.Statistics!.Features!.Limit;
        Assert.InRange(like.Training!.Distance!.Value, 0, limit);
        Assert.True(unlike.Training!.Distance > limit);
        Assert.Equal((Side / 4, Side / 4), unlike.Training.Place);
    }

    [Fact]
    public async Task DetectAsync_PictureWithPadding_LooksOnlyAtPlacesInside()
    {
        var wide = await DetectAsync(TinyOnnx.Save(Model()), Grey(128, 2 * Side, Side), new() { KeepLookedAt = true });
        var square = await DetectAsync(TinyOnnx.Save(Model()), Grey(128), new() { KeepLookedAt = true });

        // 64 x 32 pixels in the middle of the input: none of the four places of 32 x 32 lies wholly inside.
        Assert.Empty(Assert.Single(wide.LookedAt).Features);
        Assert.Equal(4, Assert.Single(square.LookedAt).Features.Count);
    }

    [Fact]
    public async Task DetectAsync_PictureTooNarrowForAPlace_IsNotTakenForAFamiliarOne()
    {
        var result = await DetectAsync(await CalibratedAsync(), Grey(128, 2 * Side, Side));

        Assert.True(result.Training!.IsTooNarrow);
        Assert.Null(result.Training.Distance);
    }

    [Fact]
    public async Task DetectAsync_Tiles_CountEachAndNotTheWhole()
    {
        var options = new DetectionOptions { KeepLookedAt = true, Tiling = Tiling.Parse("2x2")! };
        var path = await CalibratedAsync();

        var result = await DetectAsync(path, Grey(128, 100, 100, corner: 255), options);

        Assert.Equal(4, result.LookedAt.Count);
        Assert.True(result.Training!.Distance > OnnxModel.Load(path).Description.Statistics!.Features!.Limit);
        Assert.True(result.Training.Place is ( > 50, > 50));
    }

    private static byte[] Model() =>
        TinyOnnx.ModelWithFeatures([1, 3, Side, Side], [1, 6, 84], new float[6 * 84], [1, 1, 2, 2], new float[4]);

    /// <summary>Trained on greys from 100 to 159.</summary>
    private static async Task<string> CalibratedAsync()
    {
        var path = TinyOnnx.Save(Model());
        var model = OnnxModel.Load(path);
        await using var engine = new CpuDetectionEngine(model, new() { Sessions = 1 });
        var pictures = new List<TrainingPicture>();
        for (var index = 0; index < 60; index++)
        {
            var outcome = await engine.DetectAsync(Grey((byte)(100 + (index * 37 % 60))), new() { KeepLookedAt = true });
            pictures.Add(new($"{index:00}", outcome.Result!.LookedAt));
        }

        ModelStatistics.Write(model, TrainingCalibration.Compute(pictures, model.FeatureChannels).Statistics!);
        return path;
    }

    private static byte[] Grey(byte level, int width = Side, int height = Side, byte? corner = null)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(new(level, level, level));
            if (corner is { } other)
            {
                using var paint = new SKPaint { Color = new(other, other, other) };
                canvas.DrawRect(0.45f * width, 0.45f * height, width, height, paint);
            }
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static async Task<DetectionResult> DetectAsync(string path, byte[] picture, DetectionOptions? options = null)
    {
        await using var engine = new CpuDetectionEngine(OnnxModel.Load(path), new() { Sessions = 1 });
        return (await engine.DetectAsync(picture, options ?? new())).Result!;
    }
}
