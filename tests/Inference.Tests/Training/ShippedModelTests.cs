using Chitti.Tests;
using SkiaSharp;
using Xunit.Abstractions;

namespace Chitti.Inference.Tests;

/// <summary>What the shipped model takes for the kind of picture that it was trained on.</summary>
public sealed class ShippedModelTests(ITestOutputHelper output)
{
    private static readonly OnnxModel _model = OnnxModel.Load(Repository.Path("models", "pcb-defects"));

    [Fact]
    public async Task Samples_AreLikeTheTraining()
    {
        await using var engine = new CpuDetectionEngine(_model);
        foreach (var file in Directory.GetFiles(Repository.Path("samples"), "*.jpg"))
        {
            Assert.True(IsLike(await CompareAsync(engine, Path.GetFileName(file), await File.ReadAllBytesAsync(file))), file);
        }
    }

    [Fact]
    public async Task PicturesOfSomethingElse_AreNot()
    {
        await using var engine = new CpuDetectionEngine(_model);
        foreach (var (name, png) in Unlike.Pictures())
        {
            Assert.False(IsLike(await CompareAsync(engine, name, png)), name);
        }
    }

    [Fact]
    public async Task BoardThatIsRotatedOrCovered_IsNot()
    {
        await using var engine = new CpuDetectionEngine(_model);
        var path = Repository.Path("samples", "good-1.jpg");
        using var black = new SKPaint { Color = SKColors.Black };
        using var grey = new SKPaint { Color = new(128, 128, 128) };
        (string Name, byte[] Png)[] boards =
        [
            ("rotated by 45°", Unlike.Board(path, (canvas, board) =>
            {
                canvas.RotateDegrees(45, Unlike.Side / 2f, Unlike.Side / 2f);
                canvas.DrawImage(board, 0, 0, SKSamplingOptions.Default);
            })),
            ("half black", Unlike.Board(path, (canvas, board) =>
            {
                canvas.DrawImage(board, 0, 0, SKSamplingOptions.Default);
                canvas.DrawRect(0, 0, Unlike.Side / 2f, Unlike.Side, black);
            })),
            ("under a grey hand", Unlike.Board(path, (canvas, board) =>
            {
                canvas.DrawImage(board, 0, 0, SKSamplingOptions.Default);
                canvas.DrawCircle(280, 360, 120, grey);
            })),
        ];
        foreach (var (name, png) in boards)
        {
            Assert.False(IsLike(await CompareAsync(engine, name, png)), name);
        }
    }

    [Fact]
    public async Task Photographs_AtAnySize_AreNot()
    {
        if (Repository.FindShared("Photographs for the distribution gate", "data", "photos") is not { } folder)
        {
            return;
        }

        await using var engine = new CpuDetectionEngine(_model);
        foreach (var file in Directory.GetFiles(folder, "*.jp*g"))
        {
            using var photo = SKBitmap.Decode(file);
            foreach (var scale in new[] { 0.5f, 1, 2, 4 })
            {
                using var sized = photo.Resize(new SKImageInfo((int)(photo.Width * scale), (int)(photo.Height * scale)), new SKSamplingOptions(SKCubicResampler.Mitchell));
                using var jpeg = sized.Encode(SKEncodedImageFormat.Jpeg, 95);
                var name = $"{Path.GetFileName(file)} at {scale}";
                Assert.False(IsLike(await CompareAsync(engine, name, jpeg.ToArray())), name);
            }
        }
    }

    [Fact]
    public async Task ScannedBoards_AreLikeTheTraining()
    {
        string[] folders = ["deeppcb-val", "deeppcb-val-reference", "deeppcb-good"];
        if (Repository.FindShared("Scanned boards for the distribution gate", "data", folders[0]) is null)
        {
            return;
        }

        await using var engine = new CpuDetectionEngine(_model);
        var files = folders.SelectMany(folder => Directory.GetFiles(Repository.Path("..", "shared", "data", folder), "*.jpg")).ToList();
        var held = 0;
        foreach (var file in files)
        {
            held += IsLike(await CompareAsync(engine, Path.GetFileName(file), await File.ReadAllBytesAsync(file))) ? 0 : 1;
        }

        Assert.Equal(146, files.Count);
        Assert.InRange(held, 0, 2);
    }

    private static bool IsLike(TrainingComparison training) =>
        training.Distance <= _model.Description.Statistics!.Features!.Limit && training.Picture.Fault is null && !training.IsTooNarrow;

    private async Task<TrainingComparison> CompareAsync(CpuDetectionEngine engine, string name, byte[] picture)
    {
        var outcome = await engine.DetectAsync(picture, new());
        var training = outcome.Result!.Training!;
        output.WriteLine(FormattableString.Invariant($"{name}: distance {training.Distance:0.0}; {training.Picture.Fault ?? "picture like the training"}"));
        return training;
    }
}
