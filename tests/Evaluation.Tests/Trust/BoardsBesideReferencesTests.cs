using System.Text.Json;
using Chitti.Domain;
using Chitti.Standalone;
using Chitti.Tests;

namespace Chitti.Evaluation.Tests;

/// <summary>The 65 boards of DeepPCB's validation list beside their references.</summary>
public sealed class BoardsBesideReferencesTests : IDisposable
{
    /// <summary>Shows stripes, which have no position along themselves: nothing can be aligned to it.</summary>
    private const string Unusable = "13000111.jpg";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Aligned by Chitti, against the boxes that the training framework found in pictures and references as they are.</summary>
    [Fact]
    public async Task Evaluate_DefectiveBoards_GivesTheFigureOfTheTrainingFramework()
    {
        if (Repository.FindShared("figures beside references", "data", "deeppcb-val") is not { } boards
            || Repository.FindShared("figures beside references", "data", "deeppcb-val-reference") is not { } references
            || Repository.FindShared("figures beside references", "models", "pcb-defects-golden") is not { } model)
        {
            return;
        }

        DeepPcb.WriteTruth(_folder, boards);
        var truth = TruthReader.Read(_folder["truth"], boards);
        var found = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(model, "reference.json"))).RootElement.GetProperty("images");
        var classes = new[] { "open", "short", "mousebite", "spur", "spurious_copper", "pin_hole" };
        var profile = new ProfileVersion
        {
            Reference = new("board", 1),
            CreatedAt = DateTimeOffset.UnixEpoch,
            Profile = Given.Profile([.. classes.Select(name => Given.Criterion(name))]),
        };
        var framework = Evaluator.Evaluate(
            "", truth, [.. truth.Pictures.Where(IsUsable).Select(picture => DeepPcb.Observe(picture, found.GetProperty(Path.GetFileName(picture.File)), classes))],
            new("pcb-defects-golden", "", "", ""), classes, profile, new() { LowestConfidence = 0.05f }, DateTimeOffset.UnixEpoch);

        await new EvaluateRun(_folder["truth"], boards, new Dictionary<string, string>(), [], null, null, references, new() { LowestConfidence = 0.05f }, _folder["out"])
            .RunAsync(CancellationToken.None);

        var evaluation = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["out", "evaluation.json"])).RootElement;
        Assert.InRange(evaluation.GetProperty("detection").GetProperty("map50").GetDouble(), framework.Detection.Map50!.Value - 0.003, 1);
        var verdicts = evaluation.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetProperty("verdict").GetString()).ToList();
        Assert.Equal((64, 64), (verdicts.Count, verdicts.Count(verdict => verdict == "fail")));
    }

    /// <summary>Good boards as another camera would see them: moved by up to 3 pixels, turned by up to 1 degree, with noise.</summary>
    [Fact]
    public async Task Inspect_GoodBoardsThatLieDifferently_Pass()
    {
        if (Repository.FindShared("good boards beside references", "data", "deeppcb-val-reference") is not { } references)
        {
            return;
        }

        var random = new Random(7);
        var usable = Directory.EnumerateFiles(references, "*.jpg").Where(file => Path.GetFileName(file) != Unusable).Order(StringComparer.Ordinal).ToList();
        foreach (var file in usable)
        {
            using var board = Drawings.Load(file);
            using var moved = Drawings.Move(
                board, (float)((random.NextDouble() * 6) - 3), (float)((random.NextDouble() * 6) - 3), (float)((random.NextDouble() * 2) - 1));
            Drawings.AddNoise(moved, 12, random);
            Drawings.Save(moved, _folder["in", Path.ChangeExtension(Path.GetFileName(file), ".png")]);
        }

        var verdicts = await Verdicts.OfAsync(_folder["in"], references, _folder["out"]);

        var held = verdicts.Where(one => one.Verdict != "pass").ToList();
        Assert.True(held.Count <= usable.Count / 100, string.Join(Environment.NewLine, held));
    }

    private static bool IsUsable(TruthPicture picture) => Path.GetFileName(picture.File) != Unusable;
}
