using System.Text.Json;
using Chitti.Standalone;
using Chitti.Tests;

namespace Chitti.Evaluation.Tests;

/// <summary>The figures of the model card, which other code measured, on the boards that the checkpoint was chosen on.</summary>
public sealed class BoardsTests : IDisposable
{
    private static readonly string[] _classes = ["open", "short", "mousebite", "spur", "spurious_copper", "pin_hole"];

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
        var card = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.Path("models", "pcb-defects", "metrics.json"))).RootElement
            .GetProperty("test_onnxruntime_per_class_nms").GetProperty("validation");
        AssertNear(card.GetProperty("coco50"), detection.GetProperty("map50"));
        var official = detection.GetProperty("deep_pcb");
        AssertNear(card.GetProperty("official").GetProperty("mAP"), official.GetProperty("map"));
        AssertNear(card.GetProperty("official").GetProperty("pooled_AP"), official.GetProperty("pooled_ap"));
        AssertNear(card.GetProperty("best_F").GetProperty("F"), official.GetProperty("at_confidence").GetProperty("f"));

        static void AssertNear(JsonElement measured, JsonElement evaluated) =>
            Assert.InRange(evaluated.GetDouble(), measured.GetDouble() - 0.003, measured.GetDouble() + 0.003);
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
        var profile = Given.Profile([.. _classes.Select(name => Given.Criterion(name))]);

        var result = Evaluator.Evaluate(
            "", truth, [.. truth.Pictures.Select(picture => DeepPcb.Observe(picture, found.GetProperty(Path.GetFileName(picture.File)), _classes))],
            new("pcb-defects", "", "", ""), _classes, new() { Reference = new("board", 1), CreatedAt = DateTimeOffset.UnixEpoch, Profile = profile },
            new() { LowestConfidence = 0.05f }, DateTimeOffset.UnixEpoch);

        Assert.InRange(result.Detection.Map50!.Value, 0.97555 - 0.003, 0.97555 + 0.003);
        Assert.Equal(422, result.Defects.Count);
        var official = result.Detection.DeepPcb!;
        Assert.Equal((0.979071, 0.975236), (official.Map, official.PooledAp));
        Assert.Equal((0.5f, 397, 17, 25), (official.BestF.Confidence, official.BestF.Correct, official.BestF.Wrong, official.BestF.Missed));
    }

    /// <summary>The boxes of the model with a reference. The figures are those of the training's evaluate.py on the same boxes.</summary>
    [Fact]
    public void Evaluate_BoxesOfTheModelWithAReference_GiveTheFiguresOfTheBenchmark()
    {
        if (Repository.FindShared("figures of the model card", "data", "deeppcb-val") is not { } boards
            || Repository.FindShared("figures of the model card", "models", "pcb-defects-golden", "reference.json") is not { } boxes)
        {
            return;
        }

        DeepPcb.WriteTruth(_folder, boards);
        var truth = TruthReader.Read(_folder["truth"], boards);
        var found = JsonDocument.Parse(File.ReadAllBytes(boxes)).RootElement.GetProperty("images");
        var official = DeepPcbEvaluation.Evaluate(
            [.. truth.Pictures.Select(picture => DeepPcb.Observe(picture, found.GetProperty(Path.GetFileName(picture.File)), _classes))], _classes, 0.53f);

        Assert.Equal((0.990711, 0.99291), (official.Map, official.PooledAp));
        Assert.Equal((417, 4, 5), (official.AtConfidence.Correct, official.AtConfidence.Wrong, official.AtConfidence.Missed));
        Assert.Equal(0.43f, official.BestF.Confidence);
    }
}
