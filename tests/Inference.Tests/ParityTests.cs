using System.Text.Json;
using Chitti.Domain;
using Chitti.Tests;
using Xunit.Abstractions;

namespace Chitti.Inference.Tests;

/// <summary>The engine compared with the training frameworks of the models.</summary>
public sealed class ParityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("deeppcb-val")]
    [InlineData("deeppcb-good")]
    public async Task DetectAsync_Boards_AgreesWithTrainingFramework(string folder)
    {
        if (Shared("data", folder) is not { } images)
        {
            return;
        }

        await using var engine = new CpuDetectionEngine(OnnxModel.Load(Repository.Path("models", "pcb-defects")));

        var parity = await MeasureAsync(engine, images, 0.25f, minIou: 0.98f, maxDifference: 0.01f, margin: 0.01f);

        Assert.InRange(parity.Found, 0.995 * parity.References, parity.References);
        Assert.InRange(parity.Extra, 0, 0.005 * Math.Max(parity.References, 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DetectAsync_PhotographsWithYoloX_AgreesWithTrainingFramework(bool fullScale)
    {
        if (Shared("data", "photos") is not { } images || Shared("models", "yolox-nano-coco-416.onnx") is not { } model)
        {
            return;
        }

        await using var engine = new CpuDetectionEngine(OnnxModel.Load(model));
        Assert.Equal(ModelFamily.YoloX, engine.Model.Family);

        var parity = await MeasureAsync(engine, images, 0.3f, minIou: 0.9f, maxDifference: 0.05f, margin: 0.05f, fullScale);

        Assert.InRange(parity.Found, 0.95 * parity.References, parity.References);
    }

    private async Task<Parity> MeasureAsync(
        CpuDetectionEngine engine, string folder, float confidence, float minIou, float maxDifference, float margin, bool fullScale = false)
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "reference.json")));
        var options = new DetectionOptions { Confidence = confidence - margin, DecodeFullScale = fullScale };
        var parity = new Parity();
        foreach (var image in document.RootElement.GetProperty("images").EnumerateObject())
        {
            var outcome = await engine.DetectAsync(await File.ReadAllBytesAsync(Path.Combine(folder, image.Name)), options);
            Assert.Null(outcome.Fault);
            parity.Add([.. image.Value.EnumerateArray().Select(Reference)], outcome.Result!.Findings, confidence, minIou, maxDifference, margin);
        }
        Assert.NotEqual(0, parity.References);
        output.WriteLine(parity.ToString());
        Console.WriteLine($"parity, {Path.GetFileName(folder)}, {engine.Model.Id}, full scale {fullScale}: {parity}");
        return parity;
    }

    private static Finding Reference(JsonElement element) => new(
        element.GetProperty("class_id").GetInt32(), "", element.GetProperty("confidence").GetSingle(),
        element.GetProperty("box").EnumerateArray().Select(value => value.GetSingle()).ToArray() is [var x, var y, var w, var h]
            ? new Box(x, y, w, h) : default);

    private static string? Shared(params string[] parts) => Repository.FindShared("parity", parts);
}
