using Chitti.Imaging;

namespace Chitti.Standalone;

/// <summary>The input files of <c>inspect</c>, and what was skipped in the given folders.</summary>
internal sealed class InputFiles
{
    private static readonly HashSet<string> _extensions = new(
        [".jpg", ".jpeg", ".jfif", ".png", ".webp", ".bmp", ".tif", ".tiff"], StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _files = [];
    private readonly List<SkippedFile> _skipped = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string? _output;

    private readonly string? _references;

    private InputFiles(string? outputFolder, string? references) =>
        (_output, _references) = (outputFolder is null ? null : FullPath(outputFolder), references is null ? null : FullPath(references));

    /// <summary>Files to inspect, by order of the inputs and names. May include folders that can't be listed: they are errors.</summary>
    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    /// <summary>
    /// The given files, whatever they are, and all images below the given folders. A file in a folder is an image if its content
    /// or its name says so, so that a damaged one does not go unnoticed.
    /// </summary>
    /// <param name="inputs">Files and folders.</param>
    /// <param name="outputFolder">Skipped in the folders; null for none.</param>
    /// <param name="references">File or folder that is skipped as well; null for none.</param>
    /// <exception cref="FileNotFoundException">An input does not exist.</exception>
    public static InputFiles Find(IEnumerable<string> inputs, string? outputFolder, string? references = null)
    {
        var found = new InputFiles(outputFolder, references);
        foreach (var input in inputs)
        {
            if (File.Exists(input))
            {
                found.Add(input);
            }
            else if (Directory.Exists(input))
            {
                found.AddFolder(input);
            }
            else
            {
                throw new FileNotFoundException($"There is no file or folder '{input}'.");
            }
        }

        return found;
    }

    private void AddFolder(string folder)
    {
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // To be inspected, so that it ends as an error: it may hold images.
            Add(folder);
            return;
        }

        foreach (var entry in entries)
        {
            var path = Path.Combine(folder, entry.Name);
            if (ReasonToSkip(entry) is { } reason)
            {
                _skipped.Add(new(path, reason));
            }
            else if (entry is DirectoryInfo)
            {
                AddFolder(path);
            }
            else
            {
                Add(path);
            }
        }
    }

    private void Add(string path)
    {
        if (_known.Add(Path.GetFullPath(path)))
        {
            _files.Add(path);
        }
        else
        {
            _skipped.Add(new(path, "is named twice"));
        }
    }

    private string? ReasonToSkip(FileSystemInfo entry)
    {
        var isFolder = entry is DirectoryInfo;
        if (isFolder && FullPath(entry.FullName) == _output)
        {
            return "is the output folder";
        }

        if (FullPath(entry.FullName) == _references)
        {
            return isFolder ? "is the folder of the references" : "is the reference";
        }

        if (entry.Attributes.HasFlag(FileAttributes.Hidden))
        {
            return "is hidden";
        }

        return isFolder
            ? entry.LinkTarget is null ? null : "is a link to a folder"
            : IsImage((FileInfo)entry) ? null : "is not an image (JPEG, PNG, WebP, BMP, TIFF)";
    }

    private static bool IsImage(FileInfo file)
    {
        if (_extensions.Contains(file.Extension))
        {
            return true;
        }

        try
        {
            // Pipes have no length, and reading one waits for a writer.
            if (file.Length == 0)
            {
                return false;
            }

            using var stream = file.OpenRead();
            Span<byte> first = stackalloc byte[ImageIdentifier.SniffLength];
            return ImageIdentifier.Sniff(first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)]) is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What it is can't be seen, and it ends as an error.
            return true;
        }
    }

    private static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
