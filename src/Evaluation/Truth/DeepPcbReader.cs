namespace Chitti.Evaluation;

/// <summary>
/// Reads DeepPCB's annotations: one text file per picture with lines <c>x1 y1 x2 y2 type</c>, the corners of a box in pixels
/// and the number of a class. The picture of <c>NAME.txt</c> is <c>NAME_test.jpg</c> or <c>NAME.jpg</c>.
/// </summary>
/// <remarks>
/// Source: github.com/tangsanli5201/DeepPCB. Its <c>NAME_temp.jpg</c> are the defect-free templates, which have no annotations.
/// An empty file is a good part.
/// </remarks>
internal static class DeepPcbReader
{
    public const string TestSuffix = "_test";
    private const string TemplateSuffix = "_temp";
    private static readonly string[] _classes = ["open", "short", "mousebite", "spur", "spurious_copper", "pin_hole"];

    /// <param name="Annotation">The annotation file.</param>
    /// <param name="Picture">The picture; null to look for one of the same name.</param>
    /// <param name="At">Where the pair is stated.</param>
    public sealed record Pair(string Annotation, string? Picture, string At);

    /// <summary>Reads a list with lines <c>picture annotation</c>, such as <c>test.txt</c>, with paths relative to it.</summary>
    /// <returns>Null if it is not such a list.</returns>
    public static List<Pair>? FindList(string path)
    {
        var lines = TextLines.Read(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return lines.Count > 0 && lines.TrueForAll(line => line.Words is [_, var annotation] && annotation.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            ? lines.ConvertAll(line => new Pair(Path.Combine(folder, line.Words[1]), Path.Combine(folder, line.Words[0]), $"{path}, line {line.Number}"))
            : null;
    }

    public static GroundTruth Read(IReadOnlyList<Pair> pairs, TruthFolder folder)
    {
        var faults = new TruthFaults();
        var assembly = new TruthAssembly(faults);
        var pictures = pairs.Select(pair => ReadPicture(pair, folder, faults)).OfType<StatedPicture>().ToList();
        var (templates, forgotten) = Split(folder.FindForgotten(pictures.Select(picture => picture.File)));
        if (templates.Count > 0)
        {
            assembly.Note(FormattableString.Invariant($"{templates.Count} defect-free templates (*{TemplateSuffix}) are not part of the truth; to count them as good parts, give each an empty annotation file."));
        }

        // A list says which pictures count.
        if (pairs.All(pair => pair.Picture is null))
        {
            TextPictures.AddForgotten(forgotten, folder, faults);
        }

        return assembly.Assemble(TruthFormat.DeepPcb, pictures);
    }

    private static (List<string> Templates, List<string> Others) Split(IReadOnlyList<string> pictures)
    {
        var kinds = pictures.ToLookup(picture => Path.GetFileNameWithoutExtension(picture).EndsWith(TemplateSuffix, StringComparison.Ordinal));
        return ([.. kinds[true]], [.. kinds[false]]);
    }

    private static StatedPicture? ReadPicture(Pair pair, TruthFolder folder, TruthFaults faults)
    {
        if (!File.Exists(pair.Annotation))
        {
            faults.Add(pair.At, $"annotation file '{pair.Annotation}' is missing; for a good part an empty one is needed");
            return null;
        }

        var boxes = TextLines.Read(pair.Annotation).Select(line => ReadBox($"{pair.Annotation}, line {line.Number}", line.Words, faults)).OfType<StatedBox>().ToList();
        var picture = pair.Picture is null ? TextPictures.Find(pair.Annotation, folder, faults) : FindStated(pair, faults);
        return picture is null ? null : new(picture, pair.Annotation, boxes);
    }

    /// <summary>DeepPCB's lists name the pair <c>NAME.jpg</c>, and the files are <c>NAME_test.jpg</c> and <c>NAME_temp.jpg</c>.</summary>
    private static string? FindStated(Pair pair, TruthFaults faults)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(pair.Picture!), Path.GetExtension(pair.Picture!));
        string[] candidates = [Path.Combine(Path.GetDirectoryName(pair.Picture!)!, $"{stem}{TestSuffix}{extension}"), pair.Picture!];
        var found = Array.Find(candidates, File.Exists);
        if (found is null)
        {
            faults.Add(pair.At, $"picture '{pair.Picture}' is missing; it, or '{candidates[0]}', is needed");
        }

        return found;
    }

    private static StatedBox? ReadBox(string at, string[] words, TruthFaults faults)
    {
        if (words.Length != 5 || words.Select(TextLines.Whole).ToArray() is not [{ } left, { } top, { } right, { } bottom, { } type])
        {
            faults.Add(at, $"is '{string.Join(' ', words)}'; five whole numbers are needed: x1 y1 x2 y2 type");
        }
        else if (right <= left || bottom <= top)
        {
            faults.Add(at, $"the box from ({left}, {top}) to ({right}, {bottom}) has no area; x2 above x1 and y2 above y1 are needed");
        }
        else if (type < 1 || type > _classes.Length)
        {
            faults.Add(at, $"type is {type}; 1 to {_classes.Length} are allowed: {string.Join(", ", _classes)}");
        }
        else
        {
            return new(at, _classes[type - 1], left, top, right - left, bottom - top);
        }

        return null;
    }
}
