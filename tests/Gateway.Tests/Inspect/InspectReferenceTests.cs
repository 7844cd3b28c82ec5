using System.Text.Json;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>The verb <c>inspect</c> with <c>--reference</c>.</summary>
public sealed class InspectReferenceTests : IDisposable
{
    private static readonly string _references = Repository.Path("samples-references");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_SamplesBesideTheirReferences_FindsTheExpectedDefects()
    {
        var (exitCode, output, _) = await RunAsync(Repository.Path("samples"), _references);

        Assert.Equal(1, exitCode);
        Assert.Contains("9 files: 2 pass, 7 fail, 0 review, 0 unreadable", output, StringComparison.Ordinal);
        var items = Items();
        foreach (var sample in JsonDocument.Parse(Pictures.Sample("expected.json")).RootElement.EnumerateArray())
        {
            var item = items.Single(one => Path.GetFileName(one.Text("file")) == sample.Text("file"));
            Assert.Equal("pcb-defects-golden", item.GetProperty("model").Text("id"));
            Assert.InRange(item.GetProperty("registration").GetProperty("fit").GetDouble(), 0.45, 1);
            var found = item.GetProperty("indications").EnumerateArray().Where(one => one.Text("disposition") == "rejected").ToList();
            var expected = sample.GetProperty("defects").EnumerateArray().ToList();
            Assert.Equal(expected.Count, found.Count);
            Assert.All(expected, defect => Assert.Contains(found, one =>
                one.Text("class") == defect.Text("class") && Boxes.Overlap(one.GetProperty("box"), defect.GetProperty("box")) > 0.5));
        }
    }

    [Fact]
    public async Task Inspect_OneReferenceForAll_HoldsWhatShowsAnotherBoard()
    {
        await RunAsync(Repository.Path("samples"), Path.Combine(_references, "open.jpg"));

        var verdicts = Items().ToDictionary(item => Path.GetFileName(item.Text("file"))!, item => (item.Text("verdict"), item.Text("reason")!));
        Assert.Equal("fail", verdicts["open.jpg"].Item1);
        Assert.All(verdicts.Where(one => one.Key != "open.jpg"), one =>
        {
            Assert.Equal("review", one.Value.Item1);
            Assert.StartsWith("not recognised as this part", one.Value.Item2, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Inspect_ManyReferencesWithoutTheNameOfTheImage_IsTheErrorOfThatFile()
    {
        File.Copy(Pictures.SamplePath("open.jpg"), In("unnamed.jpg"));

        var (exitCode, output, _) = await RunAsync(In("unnamed.jpg"), _references);

        Assert.Equal(1, exitCode);
        Assert.Contains("has 9 references, but none named 'unnamed'. Without a name, at most 8 are compared.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ReferenceThatCanNotBeUsed_IsTheErrorOfTheFile()
    {
        File.WriteAllBytes(In("flat.png"), Pictures.Encode(640, 640, SkiaSharp.SKEncodedImageFormat.Png));

        var (exitCode, output, _) = await RunAsync(Pictures.SamplePath("open.jpg"), In("flat.png"));

        Assert.Equal(1, exitCode);
        Assert.Contains("'flat.png'", output, StringComparison.Ordinal);
        Assert.Contains("shows too little that an image could be aligned to.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_NoReferenceThere_CouldNotRun()
    {
        var (exitCode, _, error) = await RunAsync(Pictures.SamplePath("open.jpg"), In("none"));

        Assert.Equal(2, exitCode);
        Assert.Contains("none", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string input, string references) =>
        ChittiProgram.RunAsync(_folder.Path, "inspect", input, "--reference", references, "--out", In("out"));

    private string In(params string[] path) => Path.Combine([_folder.Path, .. path]);

    private List<JsonElement> Items() =>
        [.. JsonDocument.Parse(File.ReadAllBytes(In("out", "results.json"))).RootElement.GetProperty("items").EnumerateArray()];
}
