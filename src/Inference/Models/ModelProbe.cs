using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Chitti.Inference;

/// <summary>
/// Opens a model and runs it once on a blank (all zero) image. Exports often leave the dimensions of their output open, and
/// the output for a blank image tells decoded boxes from raw ones.
/// </summary>
internal static class ModelProbe
{
    public static ModelSignature Read(byte[] file, ModelManifest manifest)
    {
        try
        {
            using var options = CpuSession.CreateOptions();
            using var session = new InferenceSession(file, options);
            return Read(session, manifest);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFaultException($"ONNX Runtime can't run the model: {e.Message}", e);
        }
    }

    private static ModelSignature Read(InferenceSession session, ModelManifest manifest)
    {
        var metadata = session.ModelMetadata.CustomMetadataMap;
        var seen = Describe(session, metadata);
        if (metadata.TryGetValue("task", out var task) && task != "detect")
        {
            throw Fault($"its task is \"{task}\", but only \"detect\" is supported", seen);
        }

        if (session.InputMetadata.Count != 1)
        {
            throw Fault("it must have exactly one input", seen);
        }

        var planes = manifest.Channels == ModelChannels.Grey ? 1 : 3;
        var (inputName, input) = session.InputMetadata.Single();
        if (input.ElementDataType != TensorElementType.Float || input.Dimensions is not [var batch, var channels, var height, var width]
            || batch > 1 || (channels != planes && channels != -1))
        {
            throw Fault($"its input must be float32 [N, {planes}, H, W] with N open or 1{(planes == 3 ? "" : ", as the manifest says \"grey\"")}", seen);
        }

        var (statedWidth, statedHeight) = PythonLiteral.Integers(metadata.GetValueOrDefault("imgsz")) is [var h, var w] ? (w, h) : (0, 0);
        var inputWidth = Side("width", width, manifest.InputWidth, statedWidth, seen);
        var inputHeight = Side("height", height, manifest.InputHeight, statedHeight, seen);
        var blank = new DenseTensor<float>([1, planes, inputHeight, inputWidth]);
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor(inputName, blank)]);
        var output = outputs.FirstOrDefault(value => value.Name != FeatureShape.OutputName && value.Value is DenseTensor<float> { Rank: 3 } tensor && tensor.Dimensions[0] == 1)
            ?? throw Fault("it has no float32 output of three dimensions", seen);
        var result = (DenseTensor<float>)output.Value;
        var stated = session.OutputMetadata[output.Name].Dimensions;
        return new ModelSignature
        {
            InputName = inputName,
            InputWidth = inputWidth,
            InputHeight = inputHeight,
            OutputName = output.Name,
            OutputShape = [.. result.Dimensions.ToArray().Select(side => (long)side)],
            // Grids give the same number of rows for every image; suppression inside the model gives one per box it keeps.
            IsOutputFixed = stated is [_, > 0, > 0] || result.Dimensions[2] != 6,
            BlankOutput = result.ToArray(),
            Features = outputs.FirstOrDefault(value => value.Name == FeatureShape.OutputName) is { } features ? ShapeOf(features, seen) : null,
            Metadata = metadata,
            Seen = $"{seen}; on a blank image {output.Name} has the shape [{string.Join(", ", result.Dimensions.ToArray())}]",
        };
    }

    private static FeatureShape ShapeOf(DisposableNamedOnnxValue features, string seen) => features.Value is not DenseTensor<float> tensor
        ? throw Fault("its output \"features\" must be float32", seen)
        : tensor.Dimensions.ToArray() switch
        {
            [1, > 0 and var channels] => new(channels, 1, 1, HasPlaces: false),
            [1, > 0 and var channels, > 0 and var rows, > 0 and var columns] => new(channels, rows, columns, HasPlaces: true),
            var other => throw Fault($"its output \"features\" must be [N, channels] or [N, channels, H, W], but is [{string.Join(", ", other)}]", seen),
        };

    private static int Side(string name, int fromShape, int? fromManifest, int fromMetadata, string seen)
    {
        if (fromShape > 0 && fromManifest is { } wanted && wanted != fromShape)
        {
            throw Fault($"its input {name} is fixed at {fromShape}, but the manifest says {wanted}", seen);
        }

        if (fromShape > 0)
        {
            return fromShape;
        }

        var side = fromManifest ?? fromMetadata;
        return side > 0 ? side : throw Fault($"its input {name} is open; give input_{name} in a manifest", seen);
    }

    private static string Describe(InferenceSession session, IReadOnlyDictionary<string, string> metadata)
    {
        static string Shapes(IEnumerable<KeyValuePair<string, NodeMetadata>> nodes) => string.Join(", ", nodes.Select(node =>
            $"{node.Key} {node.Value.ElementDataType.ToString().ToLowerInvariant()} [{string.Join(", ", (node.Value.Dimensions ?? []).Select(side => side < 0 ? "?" : side.ToString()))}]"));

        return $"input {Shapes(session.InputMetadata)}; output {Shapes(session.OutputMetadata)}; "
            + $"metadata {(metadata.Count == 0 ? "none" : string.Join(", ", metadata.Keys.Order(StringComparer.Ordinal)))}";
    }

    private static ModelFaultException Fault(string why, string seen) => FamilyRecognition.Fault(why, seen);
}
