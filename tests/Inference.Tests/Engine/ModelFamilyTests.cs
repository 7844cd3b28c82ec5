using Chitti.Domain;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class ModelFamilyTests
{
    private static readonly int[] _input = [1, 3, 64, 64];
    private static readonly byte[] _image = TestImages.Encode(SKEncodedImageFormat.Png, 128, 64);

    [Fact]
    public async Task DetectAsync_YoloV8_GivesBoxInOriginalPixels()
    {
        var values = new float[6 * 84];
        Column(values, 84, 7, [32, 32, 20, 10, 0.1f, 0.9f]);

        await AssertBoxAsync(TinyOnnx.Model(_input, [1, 6, 84], values, ("names", "{0: 'a', 1: \"it's\"}")), ModelFamily.YoloV8, new(44, 22, 40, 20), 0.9f);
    }

    [Fact]
    public async Task DetectAsync_YoloV5_GivesObjectnessTimesClass()
    {
        var values = new float[252 * 7];
        values[0] = 60;
        new[] { 32, 32, 20, 10, 0.9f, 0.1f, 0.8f }.CopyTo(values, 7);

        await AssertBoxAsync(TinyOnnx.Model(_input, [1, 252, 7], values), ModelFamily.YoloV5, new(44, 22, 40, 20), 0.72f);
    }

    [Fact]
    public async Task DetectAsync_YoloX_DecodesGrid()
    {
        var values = new float[84 * 7];
        // Row 2, column 4 of stride 8.
        new[] { 0.5f, 0.5f, MathF.Log(20 / 8f), MathF.Log(10 / 8f), 0.9f, 0.1f, 0.8f }.CopyTo(values, ((2 * 8) + 4) * 7);

        await AssertBoxAsync(TinyOnnx.Model(_input, [1, 84, 7], values), ModelFamily.YoloX, new(52, 30, 40, 20), 0.72f);
    }

    [Fact]
    public async Task DetectAsync_EndToEnd_GivesRows()
    {
        var values = new float[10 * 6];
        new[] { 22, 27, 42, 37, 0.9f, 1 }.CopyTo(values, 6);

        await AssertBoxAsync(TinyOnnx.Model(_input, [1, 10, 6], values, ("names", "{0: 'a', 1: 'b'}")), ModelFamily.EndToEnd, new(44, 22, 40, 20), 0.9f);
    }

    [Fact]
    public void Load_OneAnchorPerCellInPixels_IsYoloV5()
    {
        var values = new float[84 * 7];
        values[83 * 7] = 60;

        Assert.Equal(ModelFamily.YoloV5, OnnxModel.Load(TinyOnnx.Save(TinyOnnx.Model(_input, [1, 84, 7], values))).Description.Family);
    }

    [Fact]
    public void Load_ManifestSaysYoloXButBoxesAreDecoded_Throws()
    {
        var values = new float[84 * 7];
        values[83 * 7] = 60;
        var path = TinyOnnx.Save(TinyOnnx.Model(_input, [1, 84, 7], values), """{"family": "yolox"}""");

        Assert.Contains("decoded", Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DynamicSidesWithImgsz_UsesMetadata()
    {
        var model = OnnxModel.Load(TinyOnnx.Save(TinyOnnx.Model([-1, 3, -1, -1], [1, 6, 84], new float[6 * 84], ("imgsz", "[64, 96]"))));

        Assert.Equal((96, 64), (model.Description.InputWidth, model.Description.InputHeight));
    }

    [Fact]
    public async Task DetectAsync_ManifestNamesFamily_Overrides()
    {
        var values = new float[84 * 7];
        new[] { 32, 32, 20, 10, 0.9f, 0.1f, 0.8f }.CopyTo(values, 7);
        var model = TinyOnnx.Model(_input, [1, 84, 7], values);

        await AssertBoxAsync(model, ModelFamily.YoloV5, new(44, 22, 40, 20), 0.72f, """{ "family": "yolov7", "classes": ["a", "b"] }""");
    }

    [Theory]
    [InlineData(new[] { 1, 3, 64, 64 }, new[] { 1, 1000 }, "no float32 output of three dimensions")]
    [InlineData(new[] { 1, 3, 64, 64 }, new[] { 1, 50, 7 }, "matches no family")]
    [InlineData(new[] { 2, 3, 64, 64 }, new[] { 1, 6, 84 }, "N open or 1")]
    [InlineData(new[] { 1, 1, 64, 64 }, new[] { 1, 6, 84 }, "[N, 3, H, W]")]
    public void Load_UnknownShapes_NamesThemAndTheKnownOnes(int[] input, int[] output, string why)
    {
        var model = TinyOnnx.Model(input, output, new float[output.Aggregate(1, (a, b) => a * b)]);

        var message = Assert.Throws<ModelFaultException>(() => OnnxModel.Load(TinyOnnx.Save(model))).Message;

        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.Contains($"images float [{string.Join(", ", input)}]", message, StringComparison.Ordinal);
        Assert.Contains("yolox", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherTask_Throws()
    {
        var model = TinyOnnx.Model(_input, [1, 38, 84], new float[38 * 84], ("task", "segment"));

        Assert.Contains("segment", Assert.Throws<ModelFaultException>(() => OnnxModel.Load(TinyOnnx.Save(model))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NotOnnx_Throws() => Assert.Throws<ModelFaultException>(() => OnnxModel.Load(TinyOnnx.Save([1, 2, 3])));

    [Fact]
    public void Load_FaultyManifest_ListsAllFaults()
    {
        var path = TinyOnnx.Save(
            TinyOnnx.Model(_input, [1, 6, 84], new float[6 * 84]),
            """{ "family": "yolo99", "input_width": "wide", "colour": 1, "scale": 0, "padding_colour": [0, 300, 0] }""");

        var message = Assert.Throws<ModelFaultException>(() => OnnxModel.Load(path)).Message;

        Assert.All(["yolo99", "yolov8", "\"wide\"", "\"colour\"", "\"scale\" is 0", "0..255", "300"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_DefaultModel_IsDescribed()
    {
        var description = OnnxModel.Load(Repository.Path("models", "pcb-defects")).Description;

        Assert.Equal(("pcb-defects", ModelFamily.YoloV8, 640, 640), (description.Id, description.Family, description.InputWidth, description.InputHeight));
        Assert.Equal(6, description.Classes.Count);
        Assert.Equal(64, description.Sha256.Length);
    }

    private static void Column(float[] values, int columns, int column, float[] rows)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            values[(row * columns) + column] = rows[row];
        }
    }

    private static async Task AssertBoxAsync(byte[] model, ModelFamily family, Box expected, float confidence, string? manifest = null)
    {
        await using var engine = new CpuDetectionEngine(OnnxModel.Load(TinyOnnx.Save(model, manifest)), new CpuEngineOptions { Sessions = 1 });
        Assert.Equal(family, engine.Model.Family);

        var detection = Assert.Single((await engine.DetectAsync(_image, new DetectionOptions())).Result!.Findings);

        Assert.Equal(1, detection.ClassId);
        Assert.Equal(confidence, detection.Confidence, 0.0001f);
        Assert.Equal(expected.X, detection.Box.X, 0.001f);
        Assert.Equal(expected.Y, detection.Box.Y, 0.001f);
        Assert.Equal(expected.Width, detection.Box.Width, 0.001f);
        Assert.Equal(expected.Height, detection.Box.Height, 0.001f);
    }
}
