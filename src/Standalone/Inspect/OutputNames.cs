namespace Chitti.Standalone;

/// <summary>A name for each annotated image: the input's, with a number where two inputs share one.</summary>
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
