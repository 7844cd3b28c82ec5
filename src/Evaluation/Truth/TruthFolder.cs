using System.IO.Enumeration;

namespace Chitti.Evaluation;

/// <summary>Finds files of ground truth in a folder, and the pictures that belong to them.</summary>
/// <param name="root">The folder of the truth.</param>
/// <param name="pictures">Folder of the pictures; null if they are where their format puts them.</param>
internal sealed class TruthFolder(string root, string? pictures)
{
    private static readonly HashSet<string> _extensions = new(
        [".jpg", ".jpeg", ".jfif", ".png", ".webp", ".bmp", ".tif", ".tiff"], StringComparer.OrdinalIgnoreCase);

    private static readonly EnumerationOptions _everything = new() { RecurseSubdirectories = true };

    private readonly Dictionary<string, ILookup<string, string>> _byStem = new(StringComparer.Ordinal);

    public string Root => root;

    /// <summary>Where pictures may be said to be; to end a sentence.</summary>
    public string Advice => pictures is null ? "; if the pictures are elsewhere, name their folder with --images" : $" or '{pictures}'";

    /// <summary>All files below the folder with one of the extensions, in the order of their paths.</summary>
    public List<string> Files(params string[] extensions) =>
    [
        .. new FileSystemEnumerable<string>(root, (ref entry) => entry.ToSpecifiedFullPath(), _everything)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,

            // Links to folders can lead in circles.
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }
            .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
    ];

    /// <summary>A picture by the path that an annotation file states; null if there is none.</summary>
    /// <param name="name">Relative to one of the folders where pictures may be.</param>
    public string? FindNamed(string name)
    {
        var parent = Path.Combine(root, "..");
        IEnumerable<string> folders = [.. Given(), root, Path.Combine(root, "images"), parent, Path.Combine(parent, "images"), Path.Combine(parent, "JPEGImages")];
        return folders.Select(folder => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>The pictures that an annotation file may belong to by its name; one is right, none or several are faults.</summary>
    /// <param name="annotation">Path of the annotation file.</param>
    /// <param name="stems">Names without extension, the likeliest first.</param>
    public IReadOnlyList<string> FindBeside(string annotation, params string[] stems)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(annotation))!;
        var below = Path.GetRelativePath(Path.GetFullPath(root), folder);
        IEnumerable<string> folders =
        [
            .. Given().Select(given => Path.Combine(given, below)), .. Given(), folder, Instead(folder, "labels", "images"),
            Path.Combine(folder, "..", "images"), Path.Combine(folder, "..", "JPEGImages"), WithoutNot(folder),
        ];
        var found =
            from stem in stems
            from place in folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)
            let matches = PicturesIn(place)[stem].ToList()
            where matches.Count > 0
            select matches;
        return found.FirstOrDefault() ?? [];
    }

    /// <summary>Pictures in the folders of the given ones that are not among them.</summary>
    public IReadOnlyList<string> FindForgotten(IEnumerable<string> known)
    {
        var paths = known.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. paths.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal)
                .SelectMany(folder => PicturesIn(folder).SelectMany(pictures => pictures)).Where(picture => !paths.Contains(picture)).Order(StringComparer.Ordinal),
        ];
    }

    private IEnumerable<string> Given() => pictures is null ? [] : [pictures];

    private ILookup<string, string> PicturesIn(string folder)
    {
        if (!_byStem.TryGetValue(folder, out var found))
        {
            var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(file => _extensions.Contains(Path.GetExtension(file))) : [];
            _byStem[folder] = found = files.ToLookup(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        }

        return found;
    }

    /// <summary>The path with its last folder of one name replaced.</summary>
    private static string Instead(string path, string name, string other)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        var at = Array.LastIndexOf(parts, name);
        if (at >= 0)
        {
            parts[at] = other;
        }

        return string.Join(Path.DirectorySeparatorChar, parts);
    }

    /// <summary>DeepPCB keeps the annotations of <c>00041</c> in <c>00041_not</c>.</summary>
    private static string WithoutNot(string path) => path.EndsWith("_not", StringComparison.Ordinal) ? path[..^"_not".Length] : path;
}
