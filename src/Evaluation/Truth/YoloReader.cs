namespace Chitti.Evaluation;

/// <summary>
/// Reads YOLO labels: one text file per picture with lines <c>class cx cy width height</c>, or with a polygon
/// (<c>class x1 y1 x2 y2 x3 y3 …</c>), of which the bounding box is taken. All are fractions of the picture.
/// </summary>
/// <remarks>Source: docs.ultralytics.com/datasets/detect and /segment. An empty file is a good part; a missing one is refused.</remarks>
internal static class YoloReader
{
    private const int BoxWords = 5;
    private const int PolygonWords = 7;

    public static GroundTruth Read(IReadOnlyList<string> files, ClassList classes, TruthFolder folder)
    {
        var faults = new TruthFaults();
        var assembly = new TruthAssembly(faults);
        var pictures = files.Select(file => ReadPicture(file, classes, folder, faults)).OfType<StatedPicture>().ToList();
        TextPictures.CheckForgotten(pictures, folder, faults);
        if (files.Any(file => Path.GetRelativePath(folder.Root, file).Split(Path.DirectorySeparatorChar).Contains("train", StringComparer.OrdinalIgnoreCase)))
        {
            assembly.Note("A folder named train is among the labels: pictures that the model was trained on give better figures than it deserves.");
        }

        assembly.Note($"Classes by number: {string.Join(", ", classes.Names.OrderBy(name => name.Key).Select(name => $"{name.Key} {name.Value}"))} (from {classes.File}).");
        return assembly.Assemble(TruthFormat.Yolo, pictures);
    }

    private static StatedPicture? ReadPicture(string file, ClassList classes, TruthFolder folder, TruthFaults faults)
    {
        var boxes = TextLines.Read(file).Select(line => ReadBox($"{file}, line {line.Number}", line.Words, classes, faults)).OfType<StatedBox>().ToList();
        return TextPictures.Find(file, folder, faults) is { } picture ? new(picture, file, boxes) { InFractions = true } : null;
    }

    private static StatedBox? ReadBox(string at, string[] words, ClassList classes, TruthFaults faults)
    {
        var numbers = words.Skip(1).Select(TextLines.Number).ToList();
        if (TextLines.Whole(words[0]) is not { } number || !classes.Names.TryGetValue(number, out var name))
        {
            faults.Add(at, $"class {words[0]} is not in '{classes.File}', which lists {string.Join(", ", classes.Names.Keys.Order())}");
        }
        else if (words.Length == BoxWords + 1)
        {
            faults.Add(at, "has six numbers, as predictions with a confidence have; truth has five: class cx cy width height");
        }
        else if (words.Length != BoxWords && (words.Length < PolygonWords || words.Length % 2 == 0))
        {
            faults.Add(at, $"has {words.Length} words; class cx cy width height, or class x1 y1 x2 y2 x3 y3 … is allowed");
        }
        else if (numbers.FindIndex(value => value is not (>= -0.002 and <= 1.002)) is >= 0 and var wrong)
        {
            faults.Add(at, $"has {words[wrong + 1]}; fractions of the picture from 0 to 1 are allowed");
        }
        else
        {
            var box = words.Length == BoxWords ? OfCentre(at, name, [.. numbers.Select(value => value!.Value)]) : OfPolygon(at, name, [.. numbers.Select(value => value!.Value)]);
            if (box is { Width: > 0, Height: > 0 })
            {
                return box;
            }

            faults.Add(at, "the box has no area; a width and height above 0 are needed");
        }

        return null;
    }

    private static StatedBox OfCentre(string at, string name, double[] numbers) =>
        new(at, name, numbers[0] - (numbers[2] / 2), numbers[1] - (numbers[3] / 2), numbers[2], numbers[3]);

    private static StatedBox OfPolygon(string at, string name, double[] numbers)
    {
        var (across, down) = (numbers.Where((_, index) => index % 2 == 0).ToList(), numbers.Where((_, index) => index % 2 == 1).ToList());
        return new(at, name, across.Min(), down.Min(), across.Max() - across.Min(), down.Max() - down.Min());
    }
}
