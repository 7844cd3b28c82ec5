using System.Text.Json;
using Chitti.Domain;
using Chitti.Tests;
using SkiaSharp;
using Xunit.Abstractions;

namespace Chitti.Inference.Tests;

/// <summary>Boards in pictures that are much larger than the model's input: shrunk to it, their defects would not be seen.</summary>
public sealed class LargePictureTests(ITestOutputHelper output)
{
    private const int Side = 640;
    private const float Reject = 0.5f;

    private static readonly JsonElement[] _expected =
        [.. JsonDocument.Parse(File.ReadAllText(Repository.Path("samples", "expected.json"))).RootElement.EnumerateArray()];

    [Fact]
    public async Task DetectAsync_PanelOf24Boards_FindsExactlyTheThreeDefects()
    {
        var boards = Enumerable.Range(0, 24).Select(index => index switch { 3 => "open.jpg", 10 => "short.jpg", 22 => "spur.jpg", _ => index % 2 == 0 ? "good-1.jpg" : "good-2.jpg" }).ToList();
        var panel = Picture(6 * Side, 4 * Side, SKColors.White, [.. boards.Select((name, index) => (name, index % 6 * Side, index / 6 * Side))]);

        var result = await DetectAsync(panel);

        Assert.Equal((1.0, null), (result.Coverage, result.Scale!.Fault));
        Assert.Equal(
            [At("open.jpg", 3 * Side, 0), At("short.jpg", 4 * Side, Side), At("spur.jpg", 4 * Side, 3 * Side)],
            Rejected(result).OrderBy(finding => finding.Box.Y).Select(Near));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_571, 1_093)]
    [InlineData(3_360, 2_360)]
    public async Task DetectAsync_BoardOnALargeCanvas_FindsItsDefect(int x, int y)
    {
        var result = await DetectAsync(Picture(4_000, 3_000, SKColors.White, [("short.jpg", x, y)]));

        Assert.Equal(48, result.Tiles);
        Assert.Equal([At("short.jpg", x, y)], Rejected(result).Select(Near));
    }

    [Fact]
    public async Task DetectAsync_BoardAtItsOwnSize_IsTheSameWithAndWithoutTiles()
    {
        var board = await File.ReadAllBytesAsync(Repository.Path("samples", "three-defects.jpg"));

        var whole = await DetectAsync(board);
        var off = await DetectAsync(board, new() { Tiling = Tiling.Off });

        Assert.Equal(0, whole.Tiles);
        Assert.Equal(3, Rejected(whole).Count);
        Assert.Equal(off.Findings, whole.Findings);
    }

    [Fact]
    public async Task DetectAsync_EnlargedBoardInTiles_FindsWhatIsThere()
    {
        // Four parts of 1.2 times their size.
        var board = Picture(768, 768, SKColors.White, [("open.jpg", 0, 0)], scale: 1.2f);

        var result = await DetectAsync(board, new() { Tiling = Tiling.Parse("2x2")! });

        Assert.Equal((4, 0), (result.Tiles, result.Coverage));
        Assert.Contains("too few pixels", result.Scale!.Fault, StringComparison.Ordinal);
    }

    private static List<Finding> Rejected(DetectionResult result) => [.. result.Findings.Where(finding => finding.Confidence >= Reject)];

    // A place that the expected and the found box share, in steps of 24 pixels.
    private static string Near(Finding finding) => Near(finding.Class, finding.Box.X + (finding.Box.Width / 2), finding.Box.Y + (finding.Box.Height / 2));

    private static string At(string sample, int x, int y)
    {
        var defect = _expected.Single(one => one.GetProperty("file").GetString() == sample).GetProperty("defects").EnumerateArray().Single();
        var box = defect.GetProperty("box");
        return Near(
            defect.GetProperty("class").GetString()!,
            x + box.GetProperty("x").GetSingle() + (box.GetProperty("width").GetSingle() / 2),
            y + box.GetProperty("y").GetSingle() + (box.GetProperty("height").GetSingle() / 2));
    }

    private static string Near(string name, float x, float y) => FormattableString.Invariant($"{name} near {Math.Round(x / 24) * 24}, {Math.Round(y / 24) * 24}");

    private static byte[] Picture(int width, int height, SKColor background, (string Sample, int X, int Y)[] boards, float scale = 1)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(background);
            foreach (var (sample, x, y) in boards)
            {
                using var board = SKImage.FromEncodedData(Repository.Path("samples", sample));
                canvas.DrawImage(board, SKRect.Create(x, y, board.Width * scale, board.Height * scale), new SKSamplingOptions(SKFilterMode.Linear));
            }
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private async Task<DetectionResult> DetectAsync(byte[] picture, DetectionOptions? options = null)
    {
        await using var engine = new CpuDetectionEngine(OnnxModel.Load(Repository.Path("models", "pcb-defects")));
        var outcome = await engine.DetectAsync(picture, options ?? new());
        Assert.Null(outcome.Fault);
        foreach (var finding in outcome.Result!.Findings)
        {
            output.WriteLine(finding.ToString());
        }

        return outcome.Result;
    }
}
