using System.Text.Json;
using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Registration;
using Chitti.Tests;

namespace Chitti.Inference.Tests;

/// <summary>A model that compares, against its training framework: pictures and references as they are, without alignment.</summary>
public sealed class ReferenceParityTests
{
    private const string Manifest = """{ "channels": "image-reference-difference", "replaces": "pcb-defects", "pixel_scale": [0.75, 1.3] }""";

    [Fact]
    public void Run_BoardsBesideTheirReferences_AgreesWithTrainingFramework()
    {
        if (Repository.FindShared("parity with a reference", "models", "pcb-defects-golden") is not { } folder
            || Repository.FindShared("parity with a reference", "data", "deeppcb-val") is not { } pictures
            || Repository.FindShared("parity with a reference", "data", "deeppcb-val-reference") is not { } references)
        {
            return;
        }

        var model = OnnxModel.Load(TinyOnnx.Save(File.ReadAllBytes(Path.Combine(folder, "pcb-defects-golden.onnx")), Manifest));
        var options = new CpuEngineOptions { Sessions = 1 };
        using var session = new CpuSession(model, options);
        using var decoder = new ImageDecoder(options.Limits, options.Time, options.Budget);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json")));
        var parity = new Parity();
        foreach (var entry in document.RootElement.GetProperty("images").EnumerateObject())
        {
            var comparison = new Comparison(Grey(decoder, Path.Combine(references, entry.Name)), PlaneTransform.Identity);
            using var image = Decode(decoder, Path.Combine(pictures, entry.Name));
            var (width, height) = (image.Width, image.Height);
            var times = default(StageTimes);
            var found = session.Run(
                image.View, new(0, 0, width, height), Letterbox.Fit(width, height, model.Input), comparison, new() { Confidence = 0.24f }, null, ref times, out _);
            parity.Add(
                [.. entry.Value.EnumerateArray().Select(Finding)],
                [.. found.Select(box => new Finding(box.ClassId, "", box.Confidence, new(box.Left, box.Top, box.Right - box.Left, box.Bottom - box.Top)))],
                confidence: 0.25f, minIou: 0.98f, maxDifference: 0.01f, margin: 0.01f);
            Assert.False(comparison.FoundNoDifference);
        }

        Assert.InRange(parity.References, 400, 1000);
        Assert.Equal((parity.References, 0), (parity.Found, parity.Extra));
    }

    private static GreyPlane Grey(ImageDecoder decoder, string path)
    {
        using var image = Decode(decoder, path);
        return new(image.Width, image.Height, image.View.ToGrey());
    }

    private static DecodedImage Decode(ImageDecoder decoder, string path)
    {
        Assert.True(decoder.TryDecode(File.ReadAllBytes(path), (width, height) => (width, height), out var image, out _, CancellationToken.None));
        return image;
    }

    private static Finding Finding(JsonElement element) => new(
        element.GetProperty("class_id").GetInt32(), "", element.GetProperty("confidence").GetSingle(),
        element.GetProperty("box").EnumerateArray().Select(value => value.GetSingle()).ToArray() is [var x, var y, var w, var h]
            ? new Box(x, y, w, h) : default);
}
