namespace Chitti.Standalone;

/// <summary>Finds the input files of <c>inspect</c>.</summary>
internal static class InputFiles
{
    private static readonly HashSet<string> _extensions = new(
        [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The given files, and all images below the given folders, ordered by path, except those in the output folder.</summary>
    /// <exception cref="FileNotFoundException">An input does not exist.</exception>
    public static List<string> Find(IEnumerable<string> inputs, string outputFolder)
    {
        var files = new List<string>();
        var output = Path.GetFullPath(outputFolder) + Path.DirectorySeparatorChar;
        foreach (var input in inputs)
        {
            if (File.Exists(input))
            {
                files.Add(input);
            }
            else if (Directory.Exists(input))
            {
                files.AddRange(Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories)
                    .Where(file => _extensions.Contains(Path.GetExtension(file)))
                    .Where(file => !Path.GetFullPath(file).StartsWith(output, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal));
            }
            else
            {
                throw new FileNotFoundException($"There is no file or folder '{input}'.");
            }
        }

        return files;
    }
}
