using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chitti.Detection;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Standalone;
using Chitti.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Chitti.Gateway.Tests;

/// <summary>The verb <c>inspect</c>, from the command line to the files it writes.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_Samples_FindsTheExpectedDefects()
    {
        var (exitCode, output, _) = await InspectAsync(Path.Combine(Repository.Root, "samples"));

        Assert.Equal(1, exitCode);
        var results = Results();
        Assert.Equal(["items", "skipped", "report", "summary"], Json.Names(results));
        Assert.Equal(
            ["README.md", "expected.json", "generate.cs"],
            results.GetProperty("skipped").EnumerateArray().Select(skipped => Path.GetFileName(skipped.Text("file"))));
        var expected = JsonDocument.Parse(Pictures.Sample("expected.json")).RootElement.EnumerateArray().ToArray();
        var items = Json.Items(results);
        Assert.Equal(
            expected.Select(sample => sample.Text("file")).Order(StringComparer.Ordinal), items.Select(item => Path.GetFileName(item.Text("file"))));
        foreach (var sample in expected)
        {
            AssertAsExpected(sample, items.Single(item => Path.GetFileName(item.Text("file")) == sample.Text("file")));
            Assert.Contains(output.Split('\n'), line => line.Contains(sample.Text("file")!, StringComparison.Ordinal));
            var annotated = await File.ReadAllBytesAsync(Out("annotated", Path.ChangeExtension(sample.Text("file"), ".jpg")!));
            Assert.Equal((640, 640, SKEncodedImageFormat.Jpeg), Pictures.Measure(annotated));
        }

        var summary = results.GetProperty("summary");
        Assert.True(summary.GetProperty("pass").GetInt32() >= 1);
        Assert.True(summary.GetProperty("fail").GetInt32() >= 5);
        Assert.Equal(9, summary.GetProperty("files").GetInt32());
        Assert.Contains("9 files: 2 pass, 7 fail, 0 review, 0 unreadable", output, StringComparison.Ordinal);
        using var report = PdfDocument.Open(Out("report.pdf"));
        Assert.True(report.NumberOfPages > 1);
    }

    [Fact]
    public async Task Inspect_CommandInTheReadme_PrintsTheOutputShownThere()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "samples"));
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.jpg"))
        {
            File.Copy(sample, Path.Combine(_folder.Path, "samples", Path.GetFileName(sample)));
        }

        var readme = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"))).Split("```\n");
        Assert.EndsWith("./run.sh inspect samples\n", readme[1], StringComparison.Ordinal);
        Assert.Equal("./run.sh inspect samples/three-defects.jpg --reference samples-references\n", readme[5]);
        var shown = string.Join("(.+\n)+", readme[3].Split("…\n").Select(Regex.Escape));

        var (_, output, _) = await ChittiProgram.RunAsync(_folder.Path, "inspect", "samples");

        Assert.Matches($"^{shown}$", output);
        var (_, beside, _) = await ChittiProgram.RunAsync(
            _folder.Path, "inspect", "samples/three-defects.jpg", "--reference", Repository.Path("samples-references"));
        Assert.Equal(readme[7], beside);
    }

    [Fact]
    public async Task Inspect_OnlyGoodBoards_Exits0()
    {
        var (exitCode, output, error) = await InspectAsync(Pictures.SamplePath("good-1.jpg"), Pictures.SamplePath("good-2.jpg"));

        Assert.True(exitCode == 0, output + error);
        Assert.Equal(["PASS", "PASS"], output.Split('\n').Where(line => line.Contains("good-", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
        Assert.Empty(error);
    }

    [Fact]
    public async Task Inspect_TextNamedJpg_IsAnErrorAmongTheResults()
    {
        await File.WriteAllBytesAsync(In("text.jpg"), Pictures.Text);
        File.Copy(Pictures.SamplePath("good-1.jpg"), In("good.jpg"));

        var (exitCode, output, _) = await InspectAsync(In());

        Assert.Equal(1, exitCode);
        var items = Json.Items(Results());
        Assert.Equal("pass", items[0].Text("verdict"));
        Assert.Equal(["file", "error", "annotated"], Json.Names(items[1]));
        Assert.Contains("JPEG, PNG, WebP, BMP and TIFF", items[1].Text("error"), StringComparison.Ordinal);
        Assert.Contains("ERROR", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Out("report.pdf")));
        Assert.False(File.Exists(Out("annotated", "text.jpg")));
    }

    [Fact]
    public async Task Inspect_FileTooLargeToRead_IsAnErrorAndTheReportIsWhole()
    {
        File.Copy(Pictures.SamplePath("good-1.jpg"), In("good.jpg"));
        await using (var sparse = File.Create(In("huge.jpg")))
        {
            sparse.SetLength(3L << 30);
        }

        var (exitCode, output, error) = await InspectAsync(In());

        Assert.True(exitCode == 1, output + error);
        Assert.Contains("at most 104857600 are allowed", Json.Items(Results())[1].Text("error"), StringComparison.Ordinal);
        using var report = PdfDocument.Open(Out("report.pdf"));
        Assert.Contains(report.GetPages(), page => page.Text.Contains("huge.jpg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_FileDeletedAfterItsInspection_HasNoPicture()
    {
        var document = InspectReport.Of([new() { File = In("gone.jpg"), Sha256 = new string('0', 64) }], null!, null, TimeProvider.System.GetUtcNow());

        Assert.Null(await Assert.Single(document.Items).LoadImage(CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InspectFile_EngineFailsOnTheImage_IsTheErrorOfThatFile(bool answersNonsense)
    {
        var inspected = await InspectFileAsync(
            Pictures.SamplePath("good-1.jpg"),
            () => answersNonsense
                ? Task.FromResult(Found(new Finding(0, "open", 0.9f, new(float.NaN, 2, 3, 4))))
                : Task.FromException<DetectionOutcome>(new ArithmeticException("the session broke")));

        Assert.Equal($"the engine failed on the image ({(answersNonsense ? "InvalidDataException" : "ArithmeticException")})", inspected.Error);
        Assert.Null(inspected.Inspection);
    }

    [Fact]
    public async Task InspectFile_PictureCannotBeDrawn_KeepsTheInspectionAndSaysSo()
    {
        // Truncated: the whole image can't be decoded, even if an engine accepted a part of it.
        await File.WriteAllBytesAsync(In("cut.jpg"), Pictures.Sample("good-1.jpg")[..^2000]);

        var inspected = await InspectFileAsync(In("cut.jpg"), () => Task.FromResult(Found()));

        Assert.NotNull(inspected.Inspection);
        Assert.False(File.Exists(In("annotated.jpg")));
        Assert.EndsWith("(no annotated image: The file ends before the image does.)", InspectConsole.Line(inspected), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Settings_AreApplied()
    {
        ShippedModel.CopyTo(In("models"));
        ShippedModel.Replace(In("models", "pcb-defects"), "manifest.json", "\"version\": \"1.0.1\"", "\"version\": \"7.0.0\"");
        var fonts = Directory.CreateDirectory(In("fonts")).FullName;

        var (exitCode, _, error) = await ChittiProgram.RunAsync(
            _folder.Path, Settings(("Chitti__FontPath", fonts)), "inspect", Pictures.SamplePath("good-1.jpg"));
        var (wrongCode, _, wrong) = await ChittiProgram.RunAsync(
            _folder.Path,
            Settings(("Chitti__Limits__MaxSide", "wide"), ("Chitti__Detector__Sessions", "0")),
            "inspect",
            Pictures.SamplePath("good-1.jpg"));
        var good = Pictures.Sample("good-1.jpg");
        await File.WriteAllBytesAsync(In("boards", "larger.jpg"), [.. good, 0]);
        await ChittiProgram.RunAsync(
            _folder.Path,
            Settings(("Chitti__ModelsPath", In("models")), ("Chitti__Limits__MaxUploadBytes", $"{good.Length}")),
            "inspect",
            Pictures.SamplePath("good-1.jpg"),
            In("boards"),
            "--out",
            Out());

        Assert.Equal((2, 2), (exitCode, wrongCode));
        Assert.Contains($"in {fonts}", error, StringComparison.Ordinal);
        Assert.Contains("Chitti:Limits:MaxSide", wrong, StringComparison.Ordinal);
        Assert.Contains("Chitti:Detector:Sessions", wrong, StringComparison.Ordinal);
        var items = Json.Items(Results());
        Assert.Equal("7.0.0", items[0].GetProperty("model").Text("version"));
        Assert.Contains($"at most {good.Length} are allowed", items[1].Text("error"), StringComparison.Ordinal);

        static Dictionary<string, string> Settings(params (string Name, string Value)[] settings) => settings.ToDictionary();
    }

    [Fact]
    public async Task Inspect_DamagedImage_IsAnErrorAmongTheResults()
    {
        await File.WriteAllBytesAsync(In("cut.jpg"), Pictures.Truncated(Pictures.Sample("good-1.jpg")));

        var (exitCode, _, _) = await InspectAsync(In());

        Assert.Equal(1, exitCode);
        Assert.Contains("ends before", Assert.Single(Json.Items(Results())).Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_SameNamesInTwoFolders_KeepsBoth()
    {
        File.Copy(Pictures.SamplePath("good-1.jpg"), In("one", "board.jpg"));
        File.Copy(Pictures.SamplePath("open.jpg"), In("two", "board.jpg"));
        await File.WriteAllBytesAsync(In("two", "board.png"), Pictures.SampleAsPng("good-2.jpg"));

        var (exitCode, _, _) = await InspectAsync(In());

        Assert.Equal(1, exitCode);
        Assert.Equal(["pass", "fail", "pass"], Json.Items(Results()).Select(item => item.Text("verdict")));
        Assert.Equal(3, Directory.GetFiles(Out("annotated")).Length);
    }

    [Fact]
    public async Task Inspect_UnreachableConfidence_PassesAll()
    {
        var (exitCode, _, _) = await InspectAsync(Pictures.SamplePath("open.jpg"), Pictures.SamplePath("short.jpg"), "--confidence", "0.99");

        Assert.Equal(0, exitCode);
        Assert.All(Json.Items(Results()), item => Assert.Equal(0.99, item.GetProperty("overrides").GetProperty("confidence").GetDouble(), 5));
    }

    [Fact]
    public async Task Inspect_CsvReport_HasOneRowPerIndication()
    {
        var (exitCode, _, _) = await InspectAsync(Pictures.SamplePath("three-defects.jpg"), "--report", "csv");

        Assert.Equal(1, exitCode);
        Assert.Equal(4, (await File.ReadAllLinesAsync(Out("report.csv"))).Length);
        Assert.False(File.Exists(Out("report.pdf")));
    }

    [Fact]
    public async Task Inspect_JsonReport_HoldsTheInspections()
    {
        await InspectAsync(Pictures.SamplePath("open.jpg"), "--report", "json");

        var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Out("report.json"))).RootElement;
        Assert.Equal("fail", Assert.Single(Json.Items(report)).GetProperty("inspection").Text("verdict"));
    }

    [Fact]
    public async Task Inspect_CustomModelAndProfile_AreUsed()
    {
        var shipped = Path.Combine(Repository.Root, "models", "pcb-defects");
        foreach (var file in new[] { "pcb-defects.onnx", "manifest.json", "pcb-defects.statistics.json" })
        {
            File.Copy(Path.Combine(shipped, file), In("model", file));
        }

        var profile = (await File.ReadAllTextAsync(Path.Combine(shipped, "profile.json"))).Replace("\"reject_confidence\": 0.5", "\"reject_confidence\": 1", StringComparison.Ordinal);
        await File.WriteAllTextAsync(In("strictness.json"), profile);

        var (exitCode, output, error) = await InspectAsync(
            Pictures.SamplePath("open.jpg"), "--model", In("model", "pcb-defects.onnx"), "--profile", In("strictness.json"));

        Assert.True(exitCode == 1, output + error);
        var item = Assert.Single(Json.Items(Results()));
        Assert.Equal("review", item.Text("verdict"));
        Assert.Equal("strictness", item.GetProperty("profile").Text("id"));
    }

    [Fact]
    public async Task Inspect_ModelWithoutProfile_RejectsAnyFinding()
    {
        foreach (var file in new[] { "pcb-defects.onnx", "manifest.json", "pcb-defects.statistics.json" })
        {
            File.Copy(Path.Combine(Repository.Root, "models", "pcb-defects", file), In("model", file));
        }

        var (exitCode, _, _) = await InspectAsync(Pictures.SamplePath("open.jpg"), Pictures.SamplePath("good-1.jpg"), "--model", In("model", "pcb-defects.onnx"));

        Assert.Equal(1, exitCode);
        Assert.Equal(["fail", "pass"], Json.Items(Results()).Select(item => item.Text("verdict")));
    }

    public static TheoryData<string[], string> Impossible => new()
    {
        { ["no-such.jpg"], "no-such.jpg" },
        { ["empty-folder"], "empty-folder" },
        { [], "'inspect'" },
        { ["good.jpg", "--confidence", "1.5"], "0 to 1" },
        { ["good.jpg", "--confidence", "NaN"], "0 to 1" },
        { ["good.jpg", "--confidence", "high"], "high" },
        { ["good.jpg", "--iou", "-1"], "0 to 1" },
        { ["good.jpg", "--report", "docx"], "docx" },
        { ["good.jpg", "--profile", "no-such.json"], "no-such.json" },
        { ["good.jpg", "--profile", "text.json"], "text.json" },
        { ["good.jpg", "--profile", "wrong.json"], "reject_confidence" },
        { ["good.jpg", "--profile", "misspelt.json"], "criteria[0].reject_confidense is unknown" },
        { ["good.jpg", "--profile", "quoted.json"], "nms_iou must be a number" },
        { ["good.jpg", "--profile", "no-criteria.json"], "criteria must be a list" },
        { ["good.jpg", "--profile", "null-criterion.json"], "criteria[0] must be an object" },
        { ["good.jpg", "--profile", "no-image.json"], "image must be an object" },
        { ["good.jpg", "--model", "no-such.onnx"], "no-such.onnx" },
        { ["good.jpg", "--model", "words.onnx"], "can't run the model" },
        { ["good.jpg", "--colour", "red"], "--colour" },
        { ["good.jpg", "--out", "good.jpg"], "good.jpg" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task Inspect_Impossible_Exits2AndSaysWhy(string[] arguments, string says)
    {
        File.Copy(Pictures.SamplePath("good-1.jpg"), Path.Combine(_folder.Path, "good.jpg"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty-folder"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "text.json"), "no JSON");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "words.onnx"), "no model");
        var profile = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "models", "pcb-defects", "profile.json"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "wrong.json"), profile.Replace("\"reject_confidence\": 0.5", "\"reject_confidence\": 5", StringComparison.Ordinal));

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "misspelt.json"), profile.Replace("\"reject_confidence\"", "\"reject_confidense\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "quoted.json"), profile.Replace("\"nms_iou\": 0.5", "\"nms_iou\": \"0.5\"", StringComparison.Ordinal));
        foreach (var (file, field, value) in new[] { ("no-criteria", "criteria", "null"), ("null-criterion", "criteria", "[null]"), ("no-image", "image", "null") })
        {
            var changed = JsonNode.Parse(profile)!;
            changed[field] = JsonNode.Parse(value);
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, $"{file}.json"), changed.ToJsonString());
        }

        var (exitCode, output, error) = await ChittiProgram.RunAsync(_folder.Path, ["inspect", .. arguments]);

        Assert.True(exitCode == 2, $"{exitCode}: {output}{error}");
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("Chitti.", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Help_Exits0()
    {
        var (exitCode, output, _) = await ChittiProgram.RunAsync(_folder.Path, "inspect", "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains("<csv|json|pdf>", output, StringComparison.Ordinal);
    }

    private static void AssertAsExpected(JsonElement sample, JsonElement item)
    {
        var defects = sample.GetProperty("defects").EnumerateArray().ToArray();
        Assert.Equal(defects.Length == 0 ? "pass" : "fail", item.Text("verdict"));
        var rejected = item.GetProperty("indications").EnumerateArray().Where(indication => !(indication.GetProperty("disposition").GetString() != "rejected")).ToArray();
        Assert.Equal(defects.Length, rejected.Length);
        Assert.All(defects, defect => Assert.Contains(rejected, indication =>
            indication.Text("class") == defect.Text("class") && Boxes.Overlap(indication.GetProperty("box"), defect.GetProperty("box")) > 0.3));
    }

    private Task<(int ExitCode, string Output, string Error)> InspectAsync(params string[] arguments) =>
        ChittiProgram.RunAsync(_folder.Path, ["inspect", .. arguments, "--out", Out()]);

    private JsonElement Results() => JsonDocument.Parse(File.ReadAllBytes(Out("results.json"))).RootElement;

    private string Out(params string[] path) => Path.Combine([_folder.Path, "out", .. path]);

    private async Task<InspectedFile> InspectFileAsync(string file, Func<Task<DetectionOutcome>> detect)
    {
        var entry = ModelFolder.LoadOne(Path.Combine(Repository.Root, "models", "pcb-defects"));
        var (model, shelf) = (entry.Description, new ModelShelf([entry], entry.Description.Id));
        var engine = Fake.Of<IDetectionEngine>((method, _) => method switch
        {
            "get_Model" => model,
            "get_ExecutionProvider" => "fake",
            _ => detect(),
        });
        var profile = new ProfileVersion { Reference = new("any", 1), CreatedAt = default, Profile = ModelFolder.ProfileOfAnyDefect(model) };
        using var references = new ReferenceCache(new NoReferences(), new(), Options.Create(new DetectorOptions()));
        var inspector = new FileInspector(
            new Inspector(shelf, new DetectionEngines(shelf, _ => engine), references, TimeProvider.System, NullLogger<Inspector>.Instance),
            _ => (profile, null), null, new ImageDecoders(), 1 << 20, new(() => FontFaces.Load(null)));
        return await inspector.InspectAsync(file, In("annotated.jpg"), CancellationToken.None);
    }

    private static DetectionOutcome Found(params Finding[] findings) => new()
    {
        Result = new()
        {
            Findings = findings,
            ImageWidth = 640,
            ImageHeight = 640,
            Timing = new(0, 0, 0, 0, 0, 0),
            BatchSize = 1,
        },
    };

    private string In(params string[] path)
    {
        var full = Path.Combine([_folder.Path, "in", .. path]);
        Directory.CreateDirectory(path.Length == 0 ? full : Path.GetDirectoryName(full)!);
        return full;
    }
}
