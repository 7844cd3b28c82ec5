using System.Text.Json;
using Chitti.Standalone;
using Chitti.Tests;

namespace Chitti.Evaluation.Tests;

/// <summary>The figures of the model card, which other code measured, on the boards that the checkpoint was chosen on.</summary>
public sealed class BoardsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_ValidationBoards_GivesTheFigureOfTheModelCard()
    {
        if (Repository.FindShared("figures of the model card", "data", "deeppcb-val") is not { } boards)
        {
            return;
        }

        DeepPcb.WriteTruth(_folder, boards);
        var exitCode = await new EvaluateRun(_folder["truth"], boards, new Dictionary<string, string>(), [], null, null, null, new(), _folder["out"]).RunAsync(CancellationToken.None);

        Assert.Equal(0, exitCode);
        var detection = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["out", "evaluation.json"])).RootElement.GetProperty("detection");
        var measured = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Path("models", "pcb-defects", "metrics.json"))).RootElement
            .GetProperty("test_onnxruntime_per_class_nms").GetProperty("validation").GetProperty("coco50").GetDouble();
        Assert.InRange(detection.GetProperty("map50").GetDouble(), measured - 0.003, measured + 0.003);
    }

    /// <summary>The boxes that the training framework found, from confidence 0.05 on, evaluated in the same way.</summary>
    [Fact]
    public void Evaluate_BoxesOfTheTrainingFramework_GiveTheFigureOfTheModelCard()
    {
        if (Repository.FindShared("figures of the model card", "data", "deeppcb-val") is not { } boards)
        {
            return;
        }

        DeepPcb.WriteTruth(_folder, boards);
        var truth = TruthReader.Read(_folder["truth"], boards);
        var found = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(boards, "reference.json"))).RootElement.GetProperty("images");
        var classes = new[] { "open", "short", "mousebite", "spur", "spurious_copper", "pin_hole" };
        var profile = Given.Profile([.. classes.Select(name => Given.Criterion(name))]);

        var result = Evaluator.Evaluate(
            "", truth, [.. truth.Pictures.Select(picture => DeepPcb.Observe(picture, found.GetProperty(Path.GetFileName(picture.File)), classes))],
            new("pcb-defects", "", "", ""), classes, new() { Reference = new("board", 1), CreatedAt = DateTimeOffset.UnixEpoch, Profile = profile },
            new() { LowestConfidence = 0.05f }, DateTimeOffset.UnixEpoch);

        Assert.InRange(result.Detection.Map50!.Value, 0.97555 - 0.003, 0.97555 + 0.003);
        Assert.Equal(422, result.Defects.Count);
    }
}
