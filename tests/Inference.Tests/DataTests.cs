using System.Text.Json;
using Chitti.Domain;
using Chitti.Tests;

namespace Chitti.Inference.Tests;

/// <summary>The whole path with the default model on images from this repository; needs no external data.</summary>
public sealed class DataTests
{
    [Fact]
    public async Task DetectAsync_OwnBoard_GivesStoredDetections()
    {
        var folder = Repository.Path("tests", "Inference.Tests", "Data");
        await using var engine = new CpuDetectionEngine(
            OnnxModel.Load(Repository.Path("models", "pcb-defects")), new CpuEngineOptions { Sessions = 1 });
        var expected = JsonSerializer.Deserialize<Finding[]>(await File.ReadAllTextAsync(Path.Combine(folder, "board.json")))!;

        var outcome = await engine.DetectAsync(await File.ReadAllBytesAsync(Path.Combine(folder, "board.png")), new DetectionOptions());

        var found = outcome.Result!.Findings;
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected, one => Assert.Contains(found, other => other.ClassId == one.ClassId
            && Math.Abs(other.Confidence - one.Confidence) <= 0.01f && Parity.Iou(one.Box, other.Box) >= 0.98f));
    }
}
