namespace Chitti.Evaluation;

/// <summary>Finds the pictures of annotation files that belong to one by its name, and pictures without such a file.</summary>
internal static class TextPictures
{
    private const int Shown = 3;

    /// <returns>Null, with a fault, if there is none or more than one.</returns>
    public static string? Find(string file, TruthFolder folder, TruthFaults faults)
    {
        var found = folder.FindBeside(file, LabelFiles.StemsOf(file));
        if (found.Count != 1)
        {
            faults.Add(file, found.Count == 0
                ? $"its picture is missing; a picture of the same name is needed beside it or in a folder images{folder.Advice}"
                : $"it may belong to {string.Join(" and ", found)}; one picture of the name is allowed");
        }

        return found is [var picture] ? picture : null;
    }

    /// <summary>Whether a picture without annotations is good or was forgotten can't be known, so it is a fault.</summary>
    public static void CheckForgotten(IEnumerable<StatedPicture> pictures, TruthFolder folder, TruthFaults faults) =>
        AddForgotten(folder.FindForgotten(pictures.Select(picture => picture.File)), folder, faults);

    /// <summary>Adds a fault for pictures without an annotation file, if there are any.</summary>
    public static void AddForgotten(IReadOnlyList<string> forgotten, TruthFolder folder, TruthFaults faults)
    {
        if (forgotten.Count > 0)
        {
            faults.Add(folder.Root, $"{forgotten.Count} pictures have no annotation file ({string.Join(", ", forgotten.Take(Shown))}{(forgotten.Count > Shown ? ", …" : "")}); for a good part an empty one is needed, other pictures must be elsewhere");
        }
    }
}
