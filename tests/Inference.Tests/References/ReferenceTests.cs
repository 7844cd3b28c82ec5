using Chitti.Imaging;
using Chitti.Registration;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>Pictures with references of the part, and models that see grey levels.</summary>
public sealed class ReferenceTests
{
    private const int Side = 640;
    private const string Compares = """{ "channels": "image-reference-difference" }""";

    private static readonly byte[] _board = File.ReadAllBytes(Repository.Path("tests", "Inference.Tests", "Data", "board.png"));

    [Fact]
    public async Task DetectAsync_RotatedAndShiftedBoard_SaysWhereItLies()
    {
        var placed = PlaneTransform.Similarity(3, 0.95, 40, 12);

        var match = (await DetectAsync(Draw(_board, placed), "", [PrepareBoard()])).Reference!;

        Assert.Equal((null, "board", false), (match.Fault, match.Sha256, match.IsCopy));
        Assert.InRange(match.Fit, 0.6, 1);
        Assert.InRange(match.Visible, 0.9, 1);
        Assert.All([(0, 0), (Side - 1, 0), (0, Side - 1), (Side - 1, Side - 1)], corner =>
        {
            var (x, y) = placed.Apply(corner.Item1 + 0.5, corner.Item2 + 0.5);
            var (u, v) = match.PictureToReference!.Value.Apply(x - 0.5, y - 0.5);
            Assert.True(Math.Abs(u - corner.Item1) < 1 && Math.Abs(v - corner.Item2) < 1, $"{corner} became {u}, {v}");
        });
    }

    [Fact]
    public async Task DetectAsync_SeveralReferences_NamesTheBestFitting()
    {
        var result = await DetectAsync(_board, "", [Prepare("other", File.ReadAllBytes(Repository.Path("samples", "good-1.jpg"))), PrepareBoard()]);

        Assert.Equal("board", result.Reference!.Sha256);
    }

    [Fact]
    public async Task DetectAsync_AnotherPart_IsNotRecognisedAndAModelOfPicturesStillLooks()
    {
        var result = await DetectAsync(File.ReadAllBytes(Repository.Path("samples", "good-1.jpg")), "", [PrepareBoard()]);

        Assert.Contains("its fit is 0.", result.Reference!.Fault, StringComparison.Ordinal);
        Assert.Equal((null, null), (result.Reference.Sha256, result.Reference.PictureToReference));
        Assert.NotEmpty(result.Findings);
        Assert.Equal(1, result.Coverage);
    }

    [Fact]
    public async Task DetectAsync_ComparesWithAnotherPart_DoesNotRun()
    {
        var result = await DetectAsync(File.ReadAllBytes(Repository.Path("samples", "good-1.jpg")), Compares, [PrepareBoard()]);

        Assert.NotNull(result.Reference!.Fault);
        Assert.Empty(result.Findings);
        Assert.Equal((0, 0), (result.Coverage, result.Tiles));
    }

    [Fact]
    public async Task DetectAsync_ComparesWithoutAReference_DoesNotRun()
    {
        var result = await DetectAsync(_board, Compares, []);

        Assert.Null(result.Reference);
        Assert.Empty(result.Findings);
        Assert.Equal(0, result.Coverage);
    }

    [Fact]
    public async Task DetectAsync_ComparesTheReferenceWithItself_SaysThatItIsACopy()
    {
        var copy = await DetectAsync(_board, Compares, [PrepareBoard()]);
        var other = await DetectAsync(Draw(_board, PlaneTransform.Translation(3, 1)), Compares, [PrepareBoard()]);

        Assert.True(copy.Reference!.IsCopy);
        Assert.False(other.Reference!.IsCopy);
        Assert.NotEmpty(other.Findings);
    }

    [Theory]
    [InlineData(1, """{ "channels": "grey" }""")]
    [InlineData(3, """{ "channels": "rgb" }""")]
    public async Task DetectAsync_ModelOfThosePlanes_Runs(int planes, string manifest) =>
        Assert.NotEmpty((await DetectAsync(_board, manifest, [], planes)).Findings);

    [Theory]
    [InlineData(3, """{ "channels": "grey" }""", "[N, 1, H, W]")]
    [InlineData(3, """{ "channels": "yuv" }""", "one of rgb, grey, image-reference-difference")]
    [InlineData(3, """{ "channels": "image-reference-difference", "scale": "0..255" }""", "\"scale\" has no meaning with these channels")]
    [InlineData(1, """{ "channels": "grey", "mean": [1, 2, 3] }""", "\"mean\" has no meaning with these channels")]
    [InlineData(3, """{ "replaces": "pcb-defects" }""", "\"replaces\" has no meaning with these channels")]
    public void Load_ChannelsThatDoNotFit_SaysWhy(int planes, string manifest, string why) =>
        Assert.Contains(why, Assert.Throws<ModelFaultException>(() => OnnxModel.Load(Model(planes, manifest))).Message, StringComparison.Ordinal);

    [Fact]
    public void Compare_PictureBesideAReference_FillsThePlanesAndKeepsThePadding()
    {
        var model = OnnxModel.Load(Model(3, Compares));
        var letterbox = Letterbox.Fit(Side, Side / 2, model.Input);
        var tensor = new float[3 * Side * Side];
        using var bitmap = new SKBitmap(new(Side, Side / 2, SKColorType.Rgba8888));
        bitmap.Erase(new SKColor(200, 100, 50));
        new Preprocessor(model.Input).Fill(new(bitmap.GetPixels(), 4, bitmap.RowBytes, Side, Side / 2), letterbox, tensor);
        var channels = new GreyChannels(model.Input);

        channels.Fill(letterbox, tensor);
        var reference = new GreyPlane(Side, Side / 2, [.. Enumerable.Repeat((byte)51, Side * Side / 2)]);
        var largest = channels.Compare(letterbox, tensor, reference, PlaneTransform.Identity);

        var grey = ((0.299f * 200) + (0.587f * 100) + (0.114f * 50)) / 255;
        var inside = ((letterbox.Top + 5) * Side) + 7;
        Assert.Equal([grey, 0.2f, 0.5f + (0.5f * (grey - 0.2f))], Planes(inside), (one, other) => Math.Abs(one - other) < 1e-5f);
        Assert.Equal([114f / 255, 114f / 255, 0.5f], Planes(3), (one, other) => Math.Abs(one - other) < 1e-5f);
        Assert.Equal(grey - 0.2f, largest, 1e-5f);

        IEnumerable<float> Planes(int at) => Enumerable.Range(0, 3).Select(plane => tensor[(plane * Side * Side) + at]);
    }

    private static async Task<DetectionResult> DetectAsync(byte[] image, string manifest, IReadOnlyList<Reference> references, int planes = 3)
    {
        await using var engine = new CpuDetectionEngine(OnnxModel.Load(Model(planes, manifest)), new CpuEngineOptions { Sessions = 1 });
        var outcome = await engine.DetectAsync(image, new DetectionOptions { References = references });
        return outcome.Result ?? throw new InvalidOperationException(outcome.Fault?.Detail);
    }

    /// <summary>Finds the same box in every picture.</summary>
    private static string Model(int planes, string manifest)
    {
        var values = new float[6 * 8400];
        foreach (var (row, value) in new[] { 320, 320, 40, 40, 0.9f, 0.1f }.Index())
        {
            values[row * 8400] = value;
        }

        return TinyOnnx.Save(
            TinyOnnx.Model([1, planes, Side, Side], [1, 6, 8400], values, ("names", "{0: 'a', 1: 'b'}")), manifest.Length == 0 ? null : manifest);
    }

    private static Reference PrepareBoard() => Prepare("board", _board);

    private static Reference Prepare(string name, byte[] image)
    {
        var options = new CpuEngineOptions();
        using var decoder = new ImageDecoder(options.Limits, options.Time, options.Budget);
        Assert.True(decoder.TryDecode(image, enough: null, out var decoded, out _));
        using (decoded)
        {
            return new(name, PreparedReference.Create(new(decoded.Width, decoded.Height, decoded.View.ToGrey())));
        }
    }

    private static byte[] Draw(byte[] image, PlaneTransform place)
    {
        using var bitmap = new SKBitmap(new(Side + 40, Side + 60, SKColorType.Rgba8888));
        using (var canvas = new SKCanvas(bitmap))
        using (var picture = SKImage.FromEncodedData(image))
        {
            canvas.Clear(SKColors.White);
            canvas.SetMatrix(new((float)place.A, (float)place.B, (float)place.C, (float)place.D, (float)place.E, (float)place.F, 0, 0, 1));
            canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
