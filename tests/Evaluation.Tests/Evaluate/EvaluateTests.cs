using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Standalone;
using Chitti.Tests;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Chitti.Evaluation.Tests;

/// <summary>The verb <c>evaluate</c>, from the options to the files it writes.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_Samples_WritesFiguresTablesReportAndPictures()
    {
        WriteSamples();

        Assert.Equal(0, await RunAsync(new() { MaxEscapes = 0.2 }));

        var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["out", "evaluation.json"])).RootElement;
        Assert.Equal(9, json.GetProperty("truth").GetProperty("pictures").GetInt32());
        Assert.Equal((7, 2), (json.GetProperty("truth").GetProperty("bad").GetInt32(), json.GetProperty("truth").GetProperty("good").GetInt32()));
        Assert.Equal(0, json.GetProperty("verdicts").GetProperty("working_point").GetProperty("escapes").GetProperty("count").GetInt32());
        Assert.Equal(1, json.GetProperty("detection").GetProperty("map50").GetDouble(), 3);
        Assert.Equal(9, json.GetProperty("defects").GetArrayLength());
        Assert.Equal(
            ["evaluation-classes.csv", "evaluation-curve.csv", "evaluation-defects.csv", "evaluation-pictures.csv", "evaluation-pod-curve.csv", "evaluation-pod.csv"],
            Directory.EnumerateFiles(_folder["out"], "*.csv").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(10, File.ReadAllLines(_folder["out", "evaluation-pictures.csv"]).Length);
        using var pdf = PdfDocument.Open(_folder["out", "evaluation.pdf"]);
        var text = string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        Assert.Contains("Escapes against overkill", text, StringComparison.Ordinal);
        Assert.Contains("spurious_copper", text, StringComparison.Ordinal);
        Assert.Contains("the profile as it is", text, StringComparison.Ordinal);
    }

    /// <summary>Also those in tiles, of the wrong scale, and too dark to judge.</summary>
    [Fact]
    public async Task Evaluate_AnyPicture_IsJudgedAsInspectJudgesIt()
    {
        WriteSamples();
        WriteBoards("large", 1500, 200, 600);
        Write("small.jpg", bitmap => bitmap.Resize(new SKSizeI(200, 200), new SKSamplingOptions(SKFilterMode.Linear)));
        Write("dark.jpg", bitmap =>
        {
            bitmap.Erase(new SKColor(2, 2, 2));
            return bitmap;
        });

        Assert.Equal(0, await RunAsync(new()));
        await new InspectRun([_folder["truth"]], null, null, null, null, null, null, _folder["inspected"], ReportFormat.Json).RunAsync(default);

        var inspected = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["inspected", "results.json"])).RootElement.GetProperty("items").EnumerateArray()
            .Select(item => (Path.GetFileName(item.GetProperty("file").GetString()), item.GetProperty("verdict").GetString(), item.GetProperty("reason").GetString(), item.GetProperty("tiles").GetInt32()))
            .ToList();
        var evaluated = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["out", "evaluation.json"])).RootElement.GetProperty("pictures").EnumerateArray()
            .Select(item => (Path.GetFileName(item.GetProperty("file").GetString()), item.GetProperty("verdict").GetString(), item.GetProperty("reason").GetString())).ToList();
        Assert.Equal(inspected.Select(item => (item.Item1, item.Item2, item.Item3)), evaluated);
        Assert.Contains(inspected, item => item.Item4 > 0);
        Assert.Equal(["fail", "pass", "review"], inspected.Select(item => item.Item2).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>In this picture, tiles cut findings that would be joined to others of low confidence.</summary>
    [Fact]
    public async Task Observe_PictureInTiles_FindsWhatInspectRecords()
    {
        await using var setup = await InspectionSetup.LoadAsync(null, null, null);
        var file = WriteBoards("large", 1500, 200, 600);
        var order = new InspectionOrder { Sha256 = "", Profile = setup.Profile, WaitWhenFull = true };

        var observed = await new PictureObserver(setup, 0.01f).ObserveAsync(
            new() { File = file, Width = 1500, Height = 1500, Boxes = [] }, CancellationToken.None);
        var inspected = await setup.Inspector.InspectAsync(await File.ReadAllBytesAsync(file), order, CancellationToken.None);

        Assert.True(inspected.Inspection!.Tiles > 0);
        Assert.Equal(inspected.Inspection.Indications, observed.Observation!.Judge(setup.Profile.Profile).Indications);
        Assert.True(observed.Observation.Findings.Count > inspected.Inspection.Indications.Count);
    }

    [Fact]
    public async Task Evaluate_DamagedPicture_IsNamedAndTheExitCodeSaysSo()
    {
        WriteSamples();
        var bytes = File.ReadAllBytes(_folder["truth", "open.jpg"]);
        File.WriteAllBytes(_folder["truth", "open.jpg"], bytes[..(bytes.Length / 2)]);

        Assert.Equal(1, await RunAsync(new()));

        var failed = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["out", "evaluation.json"])).RootElement.GetProperty("not_inspected");
        Assert.Equal("open.jpg", Path.GetFileName(Assert.Single(failed.EnumerateArray()).GetProperty("file").GetString()));
    }

    [Fact]
    public async Task Evaluate_MoreEscapesThanAllowed_ExitsWith1()
    {
        WriteSamples();
        File.WriteAllText(_folder["truth", "good-1.txt"], "100 100 140 140 1");

        Assert.Equal(1, await RunAsync(new() { MaxEscapes = 0.1 }));
        Assert.Equal(0, await RunAsync(new() { MaxEscapes = 0.2 }));
        var escape = Assert.Single(Directory.EnumerateFiles(_folder["out", "worst"], "*-escape-*"));
        Assert.EndsWith("01-escape-good-1.jpg", escape, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Again_LeavesNothingOfTheRunBefore()
    {
        WriteSamples();
        File.WriteAllText(_folder["truth", "good-1.txt"], "100 100 140 140 1");
        await RunAsync(new());
        var own = _folder.Write("out/worst/notes.jpg", "mine");
        File.WriteAllText(_folder["truth", "good-1.txt"], "broken");

        Assert.Equal(2, await RunAsync(new()));
        Assert.True(File.Exists(_folder["out", "evaluation.json"]));

        File.WriteAllText(_folder["truth", "good-1.txt"], "");
        Assert.Equal(0, await RunAsync(new()));
        Assert.Empty(Directory.EnumerateFiles(_folder["out", "worst"], "*-escape-*"));
        Assert.True(File.Exists(own));
    }

    [Fact]
    public async Task Evaluate_Ratings_AreComparedWithTheVerdicts()
    {
        WriteSamples();
        var ratings = _folder.Write("ratings.csv", "part,rater,trial,rating,reference\ngood-1,Anna,1,pass,pass\nopen.jpg,Anna,1,fail,fail\nshort.jpg,Anna,1,pass,fail\n");

        Assert.Equal(0, await RunAsync(new(), ratings));

        var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["out", "evaluation.json"])).RootElement;
        var agreement = json.GetProperty("agreement");
        var pictures = json.GetProperty("pictures").EnumerateArray().ToDictionary(picture => Path.GetFileName(picture.GetProperty("file").GetString()!), picture => picture.GetProperty("verdict").GetString());
        Assert.Equal(
            [("good-1", pictures["good-1.jpg"], 1), ("open.jpg", pictures["open.jpg"], 0), ("short.jpg", pictures["short.jpg"], 1)],
            agreement.GetProperty("parts").EnumerateArray().Select(part => (part.GetProperty("part").GetString(), part.GetProperty("model").GetString(), part.GetProperty("pass").GetInt32())));
        Assert.Equal(6, agreement.GetProperty("not_rated").GetArrayLength());
        Assert.Equal("model", json.GetProperty("pod").GetProperty("calibration").GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("good-1,Anna,1,pass,pass\nabsent,Anna,1,pass,pass\n", 1)]
    [InlineData("good-1,Anna,1,ok,pass\n", 2)]
    [InlineData("good-1,Anna,1,pass,fail\n", 2)]
    [InlineData("absent,Anna,1,pass,pass\n", 2)]
    public async Task Evaluate_RatingsThatDoNotFit_ChangeTheExitCode(string rows, int exitCode)
    {
        WriteSamples();

        Assert.Equal(exitCode, await RunAsync(new(), _folder.Write("ratings.csv", $"part,rater,trial,rating,reference\n{rows}")));
        Assert.Equal(exitCode == 1, File.Exists(_folder["out", "evaluation.json"]));
    }

    [Fact]
    public async Task Evaluate_ConfidenceOfDeepPcbForAnotherFormat_CanNotRun()
    {
        var coco = _folder.Write("coco.json", $$"""{"images":[{"id":1,"file_name":"{{Path.GetFileName(_folder.Picture("a.png"))}}","width":200,"height":100}],"annotations":[],"categories":[{"id":1,"name":"open"}]}""");

        Assert.Equal(2, await new EvaluateRun(coco, null, new Dictionary<string, string>(), [], null, null, null, new() { DeepPcbConfidence = 0.5f }, _folder["out"]).RunAsync(default));
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private Task<int> RunAsync(EvaluationOptions options, string? ratings = null) =>
        new EvaluateRun(_folder["truth"], null, new Dictionary<string, string>(), [], null, null, null, options, _folder["out"], ratings).RunAsync(CancellationToken.None);

    private void WriteSamples()
    {
        string[] classes = ["open", "short", "mousebite", "spur", "spurious_copper", "pin_hole"];
        foreach (var sample in JsonDocument.Parse(File.ReadAllBytes(Repository.Path("samples", "expected.json"))).RootElement.EnumerateArray())
        {
            var name = sample.GetProperty("file").GetString()!;
            Directory.CreateDirectory(_folder["truth"]);
            File.Copy(Repository.Path("samples", name), _folder["truth", name]);
            _folder.Write($"truth/{Path.ChangeExtension(name, ".txt")}", string.Join('\n', sample.GetProperty("defects").EnumerateArray().Select(defect =>
            {
                var box = defect.GetProperty("box");
                var (x, y) = (box.GetProperty("x").GetInt32(), box.GetProperty("y").GetInt32());
                return FormattableString.Invariant(
                    $"{x} {y} {x + box.GetProperty("width").GetInt32()} {y + box.GetProperty("height").GetInt32()} {Array.IndexOf(classes, defect.GetProperty("class").GetString()) + 1}");
            })));
        }
    }

    /// <summary>A square picture of boards side by side, which is inspected in tiles.</summary>
    private string WriteBoards(string name, int side, int offsetX, int offsetY) => Write($"{name}.jpg", board =>
    {
        var large = new SKBitmap(side, side);
        using var canvas = new SKCanvas(large);
        for (var at = 0; at < 16; at++)
        {
            canvas.DrawBitmap(board, ((at % 4) * board.Width) - offsetX, ((at / 4) * board.Height) - offsetY, SKSamplingOptions.Default);
        }

        return large;
    });

    private string Write(string name, Func<SKBitmap, SKBitmap> change)
    {
        Directory.CreateDirectory(_folder["truth"]);
        using var board = SKBitmap.Decode(Repository.Path("samples", "three-defects.jpg"));
        using var changed = change(board);
        using var jpeg = changed.Encode(SKEncodedImageFormat.Jpeg, 95);
        File.WriteAllBytes(_folder["truth", name], jpeg.ToArray());
        File.WriteAllText(_folder["truth", Path.ChangeExtension(name, ".txt")], "");
        return _folder["truth", name];
    }
}
