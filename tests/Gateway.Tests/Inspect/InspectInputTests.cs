using System.Diagnostics;
using System.Text.Json;
using Chitti.Standalone;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>What <c>inspect</c> takes as input, and what it leaves in the output folder.</summary>
public sealed class InspectInputTests : IDisposable
{
    private readonly DataFolder _folder = new();

    private string Input => Path.Combine(_folder.Path, "in");

    private string Output => Path.Combine(_folder.Path, "out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Folder_HasEveryImageAndSaysWhatWasSkipped()
    {
        byte[] png = Pictures.Encode(8, 8, SKEncodedImageFormat.Png);
        foreach (var image in new[] { "board", "board.dat", "sub/a.JFIF", "sub/a.jpg" })
        {
            Write(image, png);
        }

        Write("empty.jpg", []);
        Write("text.jpg", Pictures.Text);
        Write("notes.txt", Pictures.Text);
        Write("empty", []);
        Write(".hidden.jpg", png);
        Write(".git/b.jpg", png);
        Write("out/annotated/a.jpg", png);
        Directory.CreateSymbolicLink(Path.Combine(Input, "link"), Path.Combine(Input, "sub"));
        Directory.CreateDirectory(Path.Combine(Input, "bare"));

        var found = InputFiles.Find([Input, Path.Combine(Input, "board"), Path.Combine(Input, "sub", "..", "notes.txt")], Path.Combine(Input, "out"));

        Assert.Equal(["board", "board.dat", "empty.jpg", "sub/a.JFIF", "sub/a.jpg", "text.jpg", "sub/../notes.txt"], Relative(found.Files));
        const string NoImage = "is not an image (JPEG, PNG, WebP, BMP, TIFF)";
        Assert.Equal(
            [
                (".git", "is hidden"), (".hidden.jpg", "is hidden"), ("board", "is named twice"), ("empty", NoImage),
                ("link", "is a link to a folder"), ("notes.txt", NoImage), ("out", "is the output folder"),
            ],
            found.Skipped.Select(skipped => (Relative([skipped.File])[0], skipped.Reason)).OrderBy(skipped => skipped.Item1, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("good", "is the folder of the references")]
    [InlineData("a.jpg", "is the reference")]
    public void Find_ReferencesWithinTheInput_AreNotInspected(string references, string reason)
    {
        foreach (var name in new[] { "a.jpg", "good/b.jpg" })
        {
            Write(name, Pictures.Sample("open.jpg"));
        }

        var found = InputFiles.Find([Input], Path.Combine(Input, "out"), Path.Combine(Input, references));

        Assert.Equal((references, reason), (Relative([Assert.Single(found.Skipped).File])[0], found.Skipped[0].Reason));
        Assert.Single(found.Files);
    }

    [Fact]
    public async Task Inspect_Pipes_AreNotWaitedFor()
    {
        Directory.CreateDirectory(Input);
        foreach (var name in new[] { "pipe", "pipe.jpg" })
        {
            using var mkfifo = Process.Start("mkfifo", [Path.Combine(Input, name)]);
            await mkfifo.WaitForExitAsync();
            Assert.Equal(0, mkfifo.ExitCode);
        }

        var (exitCode, output, _) = await ChittiProgram.RunAsync(_folder.Path, "inspect", "in");

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR   in/pipe.jpg  The file is empty.", output, StringComparison.Ordinal);
        Assert.Contains("SKIP    in/pipe  is not an image", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_SecondRun_RemovesWhatTheFirstWroteAndNothingElse()
    {
        Write("a/good.jpg", Pictures.Sample("good-1.jpg"));
        Write("b/good.jpg", Pictures.Sample("good-2.jpg"));
        await ChittiProgram.RunAsync(_folder.Path, "inspect", "in", "--report", "csv");
        Assert.Equal(
            [("in/a/good.jpg", "annotated/good.jpg"), ("in/b/good.jpg", "annotated/good-2.jpg")],
            Items().Select(item => (item.Text("file"), item.Text("annotated"))));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Output, "annotated")).Length);
        File.WriteAllText(Path.Combine(Output, "annotated", "own.jpg"), "mine");
        File.WriteAllText(Path.Combine(Output, "notes.txt"), "mine");

        var (exitCode, _, _) = await ChittiProgram.RunAsync(_folder.Path, "inspect", "in/b");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["annotated/good.jpg", "annotated/own.jpg", "notes.txt", "report.pdf", "results.json"],
            Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Output, path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("../in/a.jpg")]
    [InlineData("annotated/../../in/a.jpg")]
    [InlineData("/etc/hostname.jpg")]
    [InlineData("report.pdf/../../in/a.jpg")]
    public async Task Begin_ResultsNameOtherFiles_RemovesNone(string named)
    {
        Write("a.jpg", [1]);
        Directory.CreateDirectory(Output);
        var results = new { items = new[] { new { annotated = named } }, report = named };
        await File.WriteAllTextAsync(Path.Combine(Output, "results.json"), JsonSerializer.Serialize(results));

        await new ResultsFile(Output, "report.pdf", []).BeginAsync([], [], CancellationToken.None);

        Assert.True(File.Exists(Path.Combine(Input, "a.jpg")));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"items\": [null, 3, {\"annotated\": 4}], \"report\": {}}")]
    public async Task Begin_ResultsOfSomethingElse_AreReplaced(string text)
    {
        Directory.CreateDirectory(Output);
        await File.WriteAllTextAsync(Path.Combine(Output, "results.json"), text);

        await new ResultsFile(Output, "report.pdf", []).BeginAsync(["in/a.jpg"], ["a.jpg"], CancellationToken.None);

        var item = Assert.Single(Items());
        Assert.Equal("The run ended before this file was inspected.", item.Text("error"));
    }

    private static JsonElement[] ItemsOf(string path) => [.. Json.Items(JsonDocument.Parse(File.ReadAllBytes(path)).RootElement)];

    private JsonElement[] Items() => ItemsOf(Path.Combine(Output, "results.json"));

    private List<string> Relative(IEnumerable<string> paths) => [.. paths.Select(path => path[(Input.Length + 1)..])];

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Input, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
