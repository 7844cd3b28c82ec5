using System.Text.Json;

namespace Chitti.Inference;

/// <summary>Reads a manifest and reports all its faults at once.</summary>
internal sealed class ManifestReader
{
    private static readonly string[] _known =
    [
        "id", "name", "version", "licence", "file", "sha256", "family", "classes", "input_width", "input_height", "channels",
        "replaces", "channel_order", "scale", "mean", "std", "padding_colour", "padding_place", "pixel_scale", "pixels_per_millimetre",
        "statistics",
    ];

    private static readonly Dictionary<string, ModelFamily> _families = new()
    {
        ["yolov8"] = ModelFamily.YoloV8,
        ["yolo11"] = ModelFamily.YoloV8,
        ["yolov5"] = ModelFamily.YoloV5,
        ["yolov7"] = ModelFamily.YoloV5,
        ["yolox"] = ModelFamily.YoloX,
        ["end_to_end"] = ModelFamily.EndToEnd,
    };

    private static readonly Dictionary<string, ModelChannels> _channels = new()
    {
        ["rgb"] = ModelChannels.Rgb,
        ["grey"] = ModelChannels.Grey,
        ["image-reference-difference"] = ModelChannels.ImageReferenceDifference,
    };

    private static readonly Dictionary<string, bool> _channelOrders = new() { ["rgb"] = false, ["bgr"] = true };

    private static readonly Dictionary<string, float> _ranges = new() { ["0..1"] = 1f / 255, ["0..255"] = 1f };

    private static readonly Dictionary<string, PaddingPlace> _places = new()
    {
        ["center"] = PaddingPlace.Center,
        ["bottom_right"] = PaddingPlace.BottomRight,
    };

    private readonly JsonElement _root;
    private readonly List<string> _faults = [];

    private ManifestReader(JsonElement root) => _root = root;

    public static ModelManifest Read(string path)
    {
        using var document = Parse(path);
        var reader = new ManifestReader(document.RootElement);
        var manifest = reader.Read();
        return reader._faults.Count == 0
            ? manifest
            : throw new ModelFaultException($"{path} is invalid:{string.Concat(reader._faults.Select(line => $"\n- {line}"))}");
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            var document = JsonDocument.Parse(File.ReadAllText(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw new ModelFaultException($"{path} is invalid: it must contain one JSON object.");
        }
        catch (JsonException e)
        {
            throw new ModelFaultException($"{path} is not JSON: {e.Message}", e);
        }
    }

    private ModelManifest Read()
    {
        foreach (var property in _root.EnumerateObject().Where(property => !_known.Contains(property.Name)))
        {
            _faults.Add($"\"{property.Name}\" is unknown; known fields are {string.Join(", ", _known)}");
        }

        var channels = Word("channels", _channels);
        if (channels is ModelChannels.Grey or ModelChannels.ImageReferenceDifference)
        {
            Exclude(["channel_order", "mean", "std", .. channels == ModelChannels.Grey ? Array.Empty<string>() : ["scale"]]);
        }

        if (channels != ModelChannels.ImageReferenceDifference)
        {
            Exclude(["replaces"]);
        }

        return new ModelManifest
        {
            Id = Text("id"),
            Name = Text("name"),
            Version = Text("version"),
            Licence = Text("licence"),
            File = FileName("file"),
            Sha256 = Sha256("sha256"),
            Family = Word("family", _families),
            Classes = Names("classes"),
            InputWidth = Side("input_width"),
            InputHeight = Side("input_height"),
            Channels = channels,
            Replaces = Text("replaces"),
            Bgr = Word("channel_order", _channelOrders),
            Scale = Scale("scale"),
            Mean = Three("mean", _ => true, "three numbers"),
            Std = Three("std", value => value > 0, "three numbers above 0"),
            PaddingColour = Three("padding_colour", value => value is >= 0 and <= 255, "three numbers from 0 to 255 (R, G, B)"),
            PaddingPlace = Word("padding_place", _places),
            PixelScale = Range("pixel_scale"),
            PixelsPerMillimetre = Positive("pixels_per_millimetre"),
            Statistics = Statistics("statistics"),
        };
    }

    private void Exclude(IEnumerable<string> names) => _faults.AddRange(
        from name in names
        where _root.TryGetProperty(name, out _)
        select $"\"{name}\" has no meaning with these channels; leave it out");

    private string? Text(string name) => !_root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : AddFault<string>(name, "text that is not empty");

    private string? FileName(string name) =>
        Text(name) is { } text && text != Path.GetFileName(text) ? AddFault<string>(name, "a file name without folders") : Text(name);

    private string? Sha256(string name) => Text(name) is not { } text ? null
        : text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant()
        : AddFault<string>(name, "64 hexadecimal digits");

    private T? Word<T>(string name, Dictionary<string, T> words)
        where T : struct
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && words.TryGetValue(value.GetString()!, out var meaning))
        {
            return meaning;
        }

        AddFault<string>(name, "one of " + string.Join(", ", words.Keys));
        return null;
    }

    private float? Scale(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.GetSingle() is > 0 and var factor && float.IsFinite(factor))
        {
            return factor;
        }

        if (value.ValueKind == JsonValueKind.String && _ranges.TryGetValue(value.GetString()!, out var range))
        {
            return range;
        }

        AddFault<string>(name, "a number above 0, or one of " + string.Join(", ", _ranges.Keys));
        return null;
    }

    private int? Side(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var side) && side is >= 32 and <= 4096)
        {
            return side;
        }

        AddFault<string>(name, "a whole number from 32 to 4096");
        return null;
    }

    private string[]? Names(string name) => !_root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 })
                ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
                : AddFault<string[]>(name, "a list of names in the order of class ids");

    private float[]? Three(string name, Func<float, bool> allowed, string what) => !_root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 3
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && allowed(item.GetSingle()))
                ? [.. value.EnumerateArray().Select(item => item.GetSingle())]
                : AddFault<float[]>(name, what);

    private double[]? Range(string name) => !_root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && IsPositive(item.GetDouble()))
            && value[0].GetDouble() <= value[1].GetDouble()
                ? [value[0].GetDouble(), value[1].GetDouble()]
                : AddFault<double[]>(name, "two numbers above 0, the smaller first");

    private double? Positive(string name)
    {
        if (!_root.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && IsPositive(value.GetDouble()))
        {
            return value.GetDouble();
        }

        AddFault<string>(name, "a number above 0");
        return null;
    }

    private StatisticsEntry? Statistics(string name) => !_root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Count() == 2
            && value.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.String
            && file.GetString() is { Length: > 0 } fileName && fileName == Path.GetFileName(fileName)
            && value.TryGetProperty("sha256", out var hash) && hash.ValueKind == JsonValueKind.String
            && hash.GetString() is { Length: 64 } digits && digits.All(char.IsAsciiHexDigit)
                ? new(fileName, digits.ToLowerInvariant())
                : AddFault<StatisticsEntry>(name, "an object with \"file\", a file name without folders, and \"sha256\", 64 hexadecimal digits");

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private T? AddFault<T>(string name, string allowed)
        where T : class
    {
        _faults.Add($"\"{name}\" is {_root.GetProperty(name).GetRawText()}; it must be {allowed}");
        return null;
    }
}
