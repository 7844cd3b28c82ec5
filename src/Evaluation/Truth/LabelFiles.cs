namespace Chitti.Evaluation;

/// <summary>The text files with boxes of a folder, one per picture: YOLO if there is a list of classes, else DeepPCB.</summary>
/// <param name="Files">Their paths.</param>
/// <param name="Classes">The list of classes; null without one.</param>
internal sealed record LabelFiles(List<string> Files, ClassList? Classes)
{
    private const int DeepPcbWords = 5;

    public static LabelFiles Find(TruthFolder folder)
    {
        var classes = ClassList.Find(folder);
        var texts = folder.Files(".txt").Where(file => !ClassList.IsNamedLike(file)).ToList();

        // Beside the labels there are lists of pictures, read-me files, and the like.
        var labelled = texts.Where(file => folder.FindBeside(file, StemsOf(file)).Count > 0 || HasBoxes(file)).ToHashSet(StringComparer.Ordinal);
        var places = labelled.Select(Path.GetDirectoryName).ToHashSet(StringComparer.Ordinal);
        return new([.. texts.Where(file => labelled.Contains(file) || (places.Contains(Path.GetDirectoryName(file)) && TextLines.Read(file).Count == 0))], classes);
    }

    public GroundTruth Read(TruthFolder folder)
    {
        if (Classes is not null)
        {
            return YoloReader.Read(Files, Classes, folder);
        }

        var lines = Files.SelectMany(file => TextLines.Read(file).Select(line => (File: file, line.Number, line.Words))).ToList();
        var whole = lines.Find(line => !line.Words.All(word => TextLines.Whole(word) is not null) || line.Words.Length != DeepPcbWords);
        return whole.File is null && lines.Count > 0
            ? DeepPcbReader.Read([.. Files.Select(file => new DeepPcbReader.Pair(file, null, file))], folder)
            : throw new TruthException($"'{folder.Root}'", lines.Count == 0
                ? "holds empty text files only, and no list of classes: nothing says that they are ground truth"
                : $"has no list of classes (data.yaml, classes.txt, obj.names), which YOLO needs; and DeepPCB needs five whole numbers, x1 y1 x2 y2 type, which line {whole.Number} of '{whole.File}' has not");
    }

    /// <summary>Whether any line looks like a box, so that a broken one, or one without its picture, is not passed over.</summary>
    private static bool HasBoxes(string file) =>
        TextLines.Read(file).Exists(line => line.Words.Length >= DeepPcbWords && TextLines.Number(line.Words[0]) is not null && TextLines.Number(line.Words[1]) is not null);

    /// <summary>The names that the picture of an annotation file may have, without extension.</summary>
    internal static string[] StemsOf(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        return [stem, $"{stem}{DeepPcbReader.TestSuffix}"];
    }
}
