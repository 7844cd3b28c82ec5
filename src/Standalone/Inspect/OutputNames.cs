namespace Chitti.Standalone;

/// <summary>Names for the annotated images: the name of the input, with a number if several inputs have the same name.</summary>
internal static class OutputNames
{
    public static List<string> Of(IEnumerable<string> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>();
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var unique = name;
            for (var number = 2; !taken.Add(unique); number++)
            {
                unique = $"{name}-{number}";
            }

            names.Add($"{unique}.jpg");
        }

        return names;
    }
}
