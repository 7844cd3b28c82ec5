using System.Text.Json;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>The verb <c>model calibrate</c>, and what <c>inspect</c> makes of its result.</summary>
public sealed class CalibrateTests : IDisposable
{
    private const int Side = 640;

    private readonly TempFolder _folder = new();

    private string Model => Path.Combine(_folder.Path, "model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Calibrate_PicturesOfOnePart_HoldsWhatIsNotThePart()
    {
        CopyModel();
        var manifest = await File.ReadAllTextAsync(Path.Combine(Model, "manifest.json"));
        DrawParts(60);

        var (exitCode, output, error) = await ChittiProgram.RunAsync(_folder.Path, "model", "calibrate", "model", "parts");

        Assert.True(exitCode == 0, output + error);
        Assert.Matches("60 pictures used, [01] of them would be outside; features of 232 channels, limit [0-9.]+", output);
        var rewritten = await File.ReadAllTextAsync(Path.Combine(Model, "manifest.json"));
        Assert.StartsWith(manifest[..manifest.IndexOf("\"statistics\"", StringComparison.Ordinal)], rewritten, StringComparison.Ordinal);
        Assert.NotEqual(manifest, rewritten);

        Directory.CreateDirectory(In("new"));
        using var black = new SKPaint { Color = SKColors.Black };
        using var negative = new SKPaint { Color = SKColors.White, BlendMode = SKBlendMode.Difference };
        Draw("new/good", canvas => DrawPart(canvas, 3, -4, 0.7f));
        Draw("new/negative", canvas =>
        {
            DrawPart(canvas, 0, 0, 0);
            canvas.DrawRect(0, 0, Side, Side, negative);
        });
        Draw("new/mirrored", canvas =>
        {
            canvas.Scale(-1, 1, Side / 2f, 0);
            DrawPart(canvas, 0, 0, 0);
        });
        Draw("new/under-a-hand", canvas =>
        {
            DrawPart(canvas, 0, 0, 0);
            canvas.DrawCircle(300, 340, 110, black);
        });
        await ChittiProgram.RunAsync(_folder.Path, "inspect", "--model", "model", "new");
        var verdicts = Results().ToDictionary(item => Path.GetFileNameWithoutExtension(item.Text("file")!), item => item);

        Assert.Equal("pass", verdicts["good"].Text("verdict"));
        foreach (var name in new[] { "negative", "mirrored", "under-a-hand" })
        {
            Assert.NotEqual("pass", verdicts[name].Text("verdict"));
            Assert.Contains(
                verdicts[name].GetProperty("gates").EnumerateArray(),
                gate => gate.Text("reason")?.StartsWith("does not look like what the model was trained on (", StringComparison.Ordinal) == true);
        }
    }

    [Fact]
    public async Task Calibrate_TooFewPictures_IsRefusedAndWritesNothing()
    {
        CopyModel();
        var before = await File.ReadAllTextAsync(Path.Combine(Model, "manifest.json"));

        var (exitCode, _, error) = await ChittiProgram.RunAsync(_folder.Path, "model", "calibrate", "model", Repository.Path("samples"));

        Assert.Equal(2, exitCode);
        Assert.Contains("9 pictures can be used, and at least 30 are needed", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(Model, "manifest.json")));
    }

    [Fact]
    public async Task Calibrate_UnreadablePictureAmongOthers_IsNamedAndExits1()
    {
        CopyModel();
        DrawParts(31);
        await File.WriteAllBytesAsync(In("parts/broken.jpg"), Pictures.Text);

        var (exitCode, output, _) = await ChittiProgram.RunAsync(_folder.Path, "model", "calibrate", "model", "parts");

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR   parts/broken.jpg", output, StringComparison.Ordinal);
        Assert.Contains("31 pictures used", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_ComparingModelWithoutReferences_IsRefused()
    {
        var (exitCode, _, error) = await ChittiProgram.RunAsync(
            _folder.Path, "model", "calibrate", Repository.Path("models", "pcb-defects-golden"), Repository.Path("samples"));

        Assert.Equal(2, exitCode);
        Assert.Contains("give them with --reference", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ModelWithoutStatistics_SaysThatNoGateChecksThePicture()
    {
        CopyModel();
        var path = Path.Combine(Model, "manifest.json");
        var lines = (await File.ReadAllLinesAsync(path)).Where(line => !line.Contains("\"statistics\"", StringComparison.Ordinal)).ToList();
        lines[^2] = lines[^2].TrimEnd(',');
        await File.WriteAllLinesAsync(path, lines);

        var (_, output, _) = await ChittiProgram.RunAsync(_folder.Path, "inspect", "--model", "model", Pictures.SamplePath("good-1.jpg"));

        Assert.Contains("NOTE    no gate checks whether the picture looks like what the model was trained on", output, StringComparison.Ordinal);
        var item = Assert.Single(Results());
        Assert.Equal("none", item.Text("training_knowledge"));
        Assert.StartsWith("no gate checks", item.Text("training_note"), StringComparison.Ordinal);
    }

    private string In(string path) => Path.Combine(_folder.Path, path);

    private JsonElement[] Results() => [.. Json.Items(JsonDocument.Parse(File.ReadAllText(In("out/results.json"))).RootElement)];

    private void CopyModel()
    {
        Directory.CreateDirectory(Model);
        foreach (var file in Directory.GetFiles(Repository.Path("models", "pcb-defects")).Where(file => Path.GetExtension(file) is ".json" or ".onnx"))
        {
            File.Copy(file, Path.Combine(Model, Path.GetFileName(file)));
        }
    }

    private void DrawParts(int count)
    {
        Directory.CreateDirectory(In("parts"));
        var random = new Random(1);
        for (var index = 0; index < count; index++)
        {
            Draw($"parts/{index:00}", canvas => DrawPart(canvas, random.Next(-8, 9), random.Next(-8, 9), (4 * random.NextSingle()) - 2));
        }
    }

    private static void DrawPart(SKCanvas canvas, float x, float y, float degrees)
    {
        using var board = SKImage.FromEncodedData(Pictures.SamplePath("good-1.jpg"));
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(degrees, Side / 2f, Side / 2f);
        canvas.DrawImage(board, 0, 0, new SKSamplingOptions(SKFilterMode.Linear));
        canvas.Restore();
    }

    private void Draw(string name, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.White);
            draw(canvas);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(In($"{name}.png"), png.ToArray());
    }
}
