using System.Text.Json;

namespace Chitti.Evaluation;

/// <summary>
/// Reads COCO: one JSON file with <c>images</c>, <c>annotations</c> and <c>categories</c>; <c>bbox</c> is x, y, width, height in
/// pixels from 0. An image that is listed without annotations is a good part.
/// </summary>
/// <remarks>Source: cocodataset.org, data format.</remarks>
internal static class CocoReader
{
    public const string Rule = "is not COCO ground truth; an object with images, annotations and categories is needed";

    private static readonly string[] _lists = ["images", "annotations", "categories"];

    /// <summary>Whether a file is COCO; null if it is not even JSON.</summary>
    /// <exception cref="TruthException">It begins like JSON and is broken.</exception>
    public static bool? IsCoco(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        var text = System.Text.Encoding.UTF8.GetString(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text is not ['{' or '[', ..])
        {
            return null;
        }

        stream.Position = 0;
        try
        {
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && _lists.All(name => json.RootElement.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array);
        }
        catch (JsonException exception)
        {
            throw new TruthException($"{path}, line {exception.LineNumber + 1}", $"is not JSON at byte {exception.BytePositionInLine + 1} of the line");
        }
    }

    public static GroundTruth Read(string path, TruthFolder folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var faults = new TruthFaults();
        var assembly = new TruthAssembly(faults);
        var names = new Dictionary<long, string>();
        foreach (var (index, category) in json.RootElement.GetProperty("categories").EnumerateArray().Index())
        {
            if (Id(category, "id") is not { } id || Text(category, "name") is not { Length: > 0 } name || !names.TryAdd(id, name))
            {
                faults.Add($"{path}, categories[{index}]", "a whole number as id, given once, and a name are needed");
            }
        }

        foreach (var twice in names.Values.CountBy(name => name, StringComparer.Ordinal).Where(pair => pair.Value > 1))
        {
            faults.Add($"{path}, categories", $"'{twice.Key}' is the name of {twice.Value} ids; one id per name is allowed");
        }

        var boxes = new Dictionary<long, List<StatedBox>>();
        var images = ReadImages(path, json.RootElement, folder, boxes, faults);
        foreach (var (index, annotation) in json.RootElement.GetProperty("annotations").EnumerateArray().Index())
        {
            ReadBox($"{path}, annotations[{index}]", annotation, names, boxes, faults);
        }

        var good = images.Count(image => boxes[image.Id].Count == 0);
        if (good > 0)
        {
            assembly.Note(FormattableString.Invariant($"{good} images are listed without annotations: they count as good parts, and any that was forgotten counts as one too."));
        }

        return assembly.Assemble(TruthFormat.Coco, [.. images.Select(image => image.Picture with { Boxes = boxes[image.Id] })]);
    }

    private static List<(long Id, StatedPicture Picture)> ReadImages(
        string path, JsonElement root, TruthFolder folder, Dictionary<long, List<StatedBox>> boxes, TruthFaults faults)
    {
        var images = new List<(long, StatedPicture)>();
        foreach (var (index, image) in root.GetProperty("images").EnumerateArray().Index())
        {
            var at = $"{path}, images[{index}]";
            if (Id(image, "id") is not { } id || Text(image, "file_name") is not { Length: > 0 } name)
            {
                faults.Add(at, "a whole number as id and a file_name are needed");
            }
            else if (!boxes.TryAdd(id, []))
            {
                faults.Add(at, $"id {id} is given twice; once is allowed");
            }
            else if (folder.FindNamed(name) is not { } file)
            {
                faults.Add(at, $"picture '{name}' is missing; it is needed in the folder of the file, in images below it, or one folder up{folder.Advice}");
            }
            else
            {
                var size = Id(image, "width") is > 0 and <= int.MaxValue and var width && Id(image, "height") is > 0 and <= int.MaxValue and var height ? ((int)width, (int)height) : ((int, int)?)null;
                images.Add((id, new(file, at, []) { Size = size }));
            }
        }

        return images;
    }

    private static void ReadBox(string at, JsonElement annotation, Dictionary<long, string> names, Dictionary<long, List<StatedBox>> boxes, TruthFaults faults)
    {
        if (Id(annotation, "id") is { } number)
        {
            at = FormattableString.Invariant($"{at} (id {number})");
        }

        if (Id(annotation, "image_id") is not { } image || !boxes.TryGetValue(image, out var ofImage))
        {
            faults.Add(at, "image_id is not the id of a listed image");
        }
        else if (Id(annotation, "category_id") is not { } category || !names.TryGetValue(category, out var name))
        {
            faults.Add(at, "category_id is not the id of a listed category");
        }
        else if (!annotation.TryGetProperty("bbox", out var box) || Numbers(box) is not [var x, var y, var width, var height])
        {
            faults.Add(at, "has no bbox; x, y, width and height in pixels are needed");
        }
        else if (!(width > 0 && height > 0))
        {
            faults.Add(at, $"bbox has width {width:0.##} and height {height:0.##}; both must be above 0 (x, y, width, height)");
        }
        else if (IsCrowd(annotation) is not { } crowd)
        {
            faults.Add(at, "iscrowd must be 0 or 1");
        }
        else
        {
            ofImage.Add(new(at, name, x, y, width, height, crowd ? TruthRole.Crowd : TruthRole.Counted));
        }
    }

    private static bool? IsCrowd(JsonElement annotation) => !annotation.TryGetProperty("iscrowd", out var value) ? false : value.ValueKind switch
    {
        JsonValueKind.False => false,
        JsonValueKind.True => true,
        JsonValueKind.Number when value.TryGetInt32(out var number) && number is 0 or 1 => number == 1,
        _ => null,
    };

    private static long? Id(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double[]? Numbers(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(value => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()))
            ? [.. list.EnumerateArray().Select(value => value.GetDouble())]
            : null;
}
