using System.Text;

namespace Chitti.Inference.Tests;

/// <summary>
/// Writes the smallest detection models (ONNX protobuf, opset 13): a constant output plus zero times the mean of the input.
/// </summary>
internal static class TinyOnnx
{
    private static readonly Lazy<string> _folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("chitti-tiny-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    public static byte[] Model(int[] input, int[] output, float[] values, params (string Key, string Value)[] metadata) =>
        Model(input, output, values, null, metadata);

    /// <summary>A model with an output <c>features</c> as well: the given values plus the mean of the input.</summary>
    public static byte[] ModelWithFeatures(int[] input, int[] output, float[] values, int[] shape, float[] features) =>
        Model(input, output, values, (shape, features), []);

    private static byte[] Model(
        int[] input, int[] output, float[] values, (int[] Shape, float[] Values)? features, (string Key, string Value)[] metadata)
    {
        byte[][] more = features is not { } given ? [] :
        [
            Field(1, Node("Add", ["feature values", "mean"], "features")),
            Field(5, Tensor("feature values", given.Shape, given.Values)),
            Field(12, Value("features", given.Shape)),
        ];
        var graph = Message(
            Field(1, Node("ReduceMean", ["images"], "mean", Message(Field(1, "keepdims"), Number(3, 0), Number(20, 2)))),
            Field(1, Node("Mul", ["mean", "zero"], "nothing")),
            Field(1, Node("Add", ["values", "nothing"], "output0")),
            Field(2, "tiny"),
            Field(5, Tensor("zero", [], [0])),
            Field(5, Tensor("values", output, values)),
            Field(11, Value("images", input)),
            Field(12, Value("output0", output)),
            Message(more));
        return Message(
            Number(1, 8), Field(7, graph), Field(8, Message(Field(1, ""), Number(2, 13))),
            Message([.. metadata.Select(pair => Field(14, Message(Field(1, pair.Key), Field(2, pair.Value))))]));
    }

    /// <summary>Saves a model, with a manifest if one is given, in a new folder.</summary>
    public static string Save(byte[] model, string? manifest = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Value, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllBytes(Path.Combine(folder, "tiny.onnx"), model);
        if (manifest is not null)
        {
            File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest);
        }

        return Path.Combine(folder, "tiny.onnx");
    }

    private static byte[] Node(string type, string[] inputs, string output, byte[]? attribute = null) => Message(
        [.. inputs.Select(input => Field(1, input)), Field(2, output), Field(4, type), attribute is null ? [] : Field(5, attribute)]);

    private static byte[] Tensor(string name, int[] shape, float[] values) => Message(
        [.. shape.Select(side => Number(1, side)), Number(2, 1), Field(8, name), Field(9, [.. values.SelectMany(BitConverter.GetBytes)])]);

    private static byte[] Value(string name, int[] shape)
    {
        // A side of -1 is dynamic: a named dimension.
        var sides = shape.Select((side, at) => Field(1, side < 0 ? Field(2, $"side{at}") : Number(1, side))).ToArray();
        return Message(Field(1, name), Field(2, Field(1, Message(Number(1, 1), Field(2, Message(sides))))));
    }

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Varint((number << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int number, int value) => [.. Varint(number << 3), .. Varint(value)];

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (var rest = (uint)value; ; rest >>= 7)
        {
            bytes.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80)
            {
                return [.. bytes];
            }
        }
    }
}
