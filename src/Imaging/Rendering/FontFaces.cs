using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>
/// A regular and a bold face, loaded from font files. Skia runs without the system's font manager here and would silently
/// draw nothing if it did not find a face.
/// </summary>
public sealed class FontFaces : IDisposable
{
    private static readonly (string Regular, string Bold)[] _families =
    [
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
        ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
        ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
        ("Arial.ttf", "Arial Bold.ttf"),
        ("arial.ttf", "arialbd.ttf"),
    ];

    private FontFaces(string regularFile, string boldFile)
    {
        Regular = Read(regularFile);
        Bold = boldFile == regularFile ? Regular : Read(boldFile);
    }

    /// <summary>For text.</summary>
    public SKTypeface Regular { get; }

    /// <summary>For headings and labels; the regular face if there is no bold font file beside it.</summary>
    public SKTypeface Bold { get; }

    /// <summary>Loads the first of DejaVu Sans, Liberation Sans, Noto Sans and Arial.</summary>
    /// <param name="configuredFolderOrFile">
    /// A font file, with its bold face beside it, or a folder to search instead of the system's font folders. Null to
    /// search those.
    /// </param>
    /// <exception cref="FileNotFoundException">
    /// No font was found; the message lists the names and folders searched, and how to install a font.
    /// </exception>
    public static FontFaces Load(string? configuredFolderOrFile = null)
    {
        if (File.Exists(configuredFolderOrFile))
        {
            return new FontFaces(configuredFolderOrFile, BoldBeside(configuredFolderOrFile));
        }

        var folders = configuredFolderOrFile is null ? SystemFolders() : [configuredFolderOrFile];
        var files = folders.Where(Directory.Exists).SelectMany(Files).ToLookup(file => Path.GetFileName(file));
        foreach (var (regular, bold) in _families)
        {
            if (files[regular].FirstOrDefault() is { } found)
            {
                return new FontFaces(found, files[bold].FirstOrDefault() ?? found);
            }
        }
        throw new FileNotFoundException(
            $"No font was found: looked for {string.Join(", ", _families.Select(family => family.Regular))} in {string.Join(", ", folders)}. "
            + "Install one (on Debian and Ubuntu: apt-get install fonts-dejavu-core) or set the path of a TrueType file.");
    }

    /// <summary>Frees the faces.</summary>
    public void Dispose()
    {
        Regular.Dispose();
        Bold.Dispose();
    }

    private static string BoldBeside(string regular)
    {
        var name = Path.GetFileNameWithoutExtension(regular).Replace("-Regular", "", StringComparison.Ordinal);
        var bold = Path.Combine(Path.GetDirectoryName(regular)!, $"{name}-Bold{Path.GetExtension(regular)}");
        return File.Exists(bold) ? bold : regular;
    }

    private static string[] SystemFolders()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return
            [
                Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Microsoft", "Windows", "Fonts"),
            ];
        }
        return OperatingSystem.IsMacOS()
            ? ["/Library/Fonts", "/System/Library/Fonts", Path.Combine(home, "Library/Fonts")]
            : ["/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".local/share/fonts"), Path.Combine(home, ".fonts")];
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.ttf", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true });

    private static SKTypeface Read(string file) =>
        SKTypeface.FromFile(file) ?? throw new FileNotFoundException($"{file} is not a readable font.", file);
}
