#:property RestorePackagesWithLockFile=false
#:property PublishAot=false

// Writes THIRD-PARTY-NOTICES.md from the locked packages: dotnet run tools/Notices.cs
// With --check it only compares, and exits with 1 if the file is out of date.
//
// The packages are those in the lock files of the programs, for every platform. Their metadata is read from the NuGet
// packages folder, so restore first. Packages without files to load are left out: analyzers, code generators, and those
// that only have dependencies. A licence expression needs its text in tools/licences, so a package under a licence that
// nobody has reviewed is rejected.

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, ".."));
var target = Path.Combine(root, "THIRD-PARTY-NOTICES.md");
try
{
    var packages = new PackageReader(PackagesFolder(), Path.Combine(root, "tools", "licences"));
    var notices = Notices.Write([.. LockFiles.PackagesOfPrograms(Path.Combine(root, "src")).Select(packages.Read).OfType<Package>()]);
    if (!args.Contains("--check"))
    {
        File.WriteAllText(target, notices);
    }
    else if (!File.Exists(target) || File.ReadAllText(target).ReplaceLineEndings("\n") != notices)
    {
        throw new InvalidDataException("THIRD-PARTY-NOTICES.md is out of date; regenerate it with: dotnet run tools/Notices.cs");
    }

    return 0;
}
catch (Exception exception) when (exception is InvalidDataException or IOException)
{
    Console.Error.WriteLine($"Notices.cs: {exception.Message}");
    return 1;
}

static string ThisFile([CallerFilePath] string path = "") => path;

static string PackagesFolder()
{
    var start = new ProcessStartInfo("dotnet", ["nuget", "locals", "global-packages", "--list", "--force-english-output"])
    {
        RedirectStandardOutput = true,
    };
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return output.Split(": ", 2) is [_, var folder] && process.ExitCode == 0
        ? folder.Trim()
        : throw new InvalidDataException("dotnet nuget locals did not name the packages folder");
}

/// <summary>The resolved packages of all programs. Libraries ship only as part of programs.</summary>
internal static class LockFiles
{
    public static IEnumerable<(string Id, string Version)> PackagesOfPrograms(string folder) =>
        Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Where(IsProgram)
            .SelectMany(project => Packages(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")))
            .Distinct()
            .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)
            .ThenBy(package => package.Version, StringComparer.Ordinal);

    private static bool IsProgram(string project)
    {
        var xml = XDocument.Load(project).Root!;
        return (string?)xml.Attribute("Sdk") is "Microsoft.NET.Sdk.Web" or "Microsoft.NET.Sdk.Worker"
            || xml.Descendants("OutputType").Any(type => type.Value == "Exe");
    }

    private static IEnumerable<(string Id, string Version)> Packages(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return
        [
            .. json.RootElement.GetProperty("dependencies").EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project")
                .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!)),
        ];
    }
}

/// <summary>A text, and the name of its file or licence.</summary>
internal sealed record Document(string Name, string Text)
{
    public static Document Read(string path) => new(
        Path.GetFileName(path),
        string.Join('\n', File.ReadAllLines(path).Select(line => line.TrimEnd())).Trim('\n'));
}

/// <summary>
/// The metadata of a package. There is no licence text if the package has only its address. Notices are those of
/// third-party code inside the package, if it has such a file.
/// </summary>
internal sealed record Package(
    string Id, string Version, string? Address, string Copyright, string Licence, Document? LicenceText, Document? Notices)
{
    public bool IsUnderCommonText => LicenceText is not null && Licence.Split(" OR ").Contains(LicenceText.Name);
}

/// <summary>Reads unpacked packages.</summary>
internal sealed class PackageReader(string folder, string licences)
{
    private static readonly string[] _foldersToLoad = ["lib", "runtimes"];

    /// <summary>Null if the package has no file that a program loads.</summary>
    public Package? Read((string Id, string Version) package)
    {
        var path = Path.Combine(folder, package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());
        if (!Directory.Exists(path))
        {
            throw new InvalidDataException($"{path} is missing: run dotnet restore first");
        }

        if (!HasFilesToLoad(path))
        {
            return null;
        }

        var metadata = XDocument.Load(Directory.EnumerateFiles(path, "*.nuspec").Single()).Root!.Elements().Single(Named("metadata"));
        string? Value(string name) => (string?)metadata.Elements().FirstOrDefault(Named(name)) is { Length: > 0 } value
            ? string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;

        var repository = metadata.Elements().FirstOrDefault(Named("repository"));
        var licence = Value("license") ?? Value("licenseUrl") ?? throw new InvalidDataException($"{package.Id} names no licence");
        var kind = (string?)metadata.Elements().FirstOrDefault(Named("license"))?.Attribute("type");
        var own = kind == "file" ? Document.Read(Path.Combine(path, licence.Replace('\\', '/'))) : RootFile(path, "licen");
        return new(
            package.Id,
            package.Version,
            Value("projectUrl") ?? (string?)repository?.Attribute("url"),
            Value("copyright") ?? Value("authors") ?? throw new InvalidDataException($"{package.Id} names no author"),
            kind == "expression" ? licence : own is not null ? "its own, below" : $"[at its address]({licence})",
            kind == "expression" ? TextOf(licence, package.Id, own) : own,
            RootFile(path, "notice"));
    }

    /// <summary>The common text of the licence, or the package's own if that differs.</summary>
    private Document TextOf(string expression, string id, Document? own)
    {
        var known = expression.Split(" OR ").Select(name => Path.Combine(licences, $"{name}.txt")).FirstOrDefault(File.Exists);
        if (known is null)
        {
            throw new InvalidDataException($"{id} is under {expression}, which has no text in tools/licences");
        }

        var common = Document.Read(known);
        return own is null || own.Text == common.Text ? common with { Name = Path.GetFileNameWithoutExtension(known) } : own;
    }

    private static bool HasFilesToLoad(string path) => _foldersToLoad
        .Select(name => Path.Combine(path, name))
        .Where(Directory.Exists)
        .SelectMany(files => Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories))
        .Any(file => Path.GetFileName(file) != "_._");

    private static Document? RootFile(string path, string word) => Directory.EnumerateFiles(path)
        .Where(file => Path.GetFileName(file).Contains(word, StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)
        .Select(Document.Read)
        .FirstOrDefault();

    /// <summary>Ignores the namespace: nuspec files use several.</summary>
    private static Func<XElement, bool> Named(string name) => element => element.Name.LocalName == name;
}

internal static class Notices
{
    public static string Write(IReadOnlyList<Package> packages)
    {
        var page = new StringBuilder();
        Line("# Third-party notices");
        Line("");
        Line("Generated by `dotnet run tools/Notices.cs` from the lock files; don't edit it. `test.sh` fails if it is out of date.");
        Line("");
        Line("Chitti is under the [MIT licence](LICENSE). Its programs load the packages below. Not listed are .NET itself, which is");
        Line("installed separately, and packages used only by the build or the tests. The model cards in `models` cover the models.");
        Line("");
        Line("| package | version | licence | copyright |");
        Line("|---|---|---|---|");
        foreach (var package in packages)
        {
            var name = package.Address is null ? package.Id : $"[{package.Id}]({package.Address})";
            Line($"| {name} | {package.Version} | {package.Licence} | {package.Copyright.Replace("|", "\\|", StringComparison.Ordinal)} |");
        }

        Line("");
        Line("## Licence texts");
        Line("");
        Line("The copyright notices are in the table. If a package offers a choice of licences, the one printed here applies.");
        foreach (var text in packages.Where(package => package.LicenceText is not null).GroupBy(package => package.LicenceText!.Text))
        {
            var first = text.First();
            Line("");
            Line(first.IsUnderCommonText ? $"### {first.LicenceText!.Name}" : $"### {first.LicenceText!.Name} of {first.Id}");
            Line("");
            Line($"For {Names(text)}");
            Line("");
            Line("~~~text");
            Line(text.Key);
            Line("~~~");
        }

        Line("");
        Line("## Notices inside packages");
        Line("");
        Line("These packages contain third-party code, which they list with its licences in a file. The files are too long to repeat");
        Line("here: each is in the root of its package, in the folder that `dotnet nuget locals global-packages --list` prints.");
        Line("If you redistribute the built programs, include these files.");
        Line("");
        Line("| file | in |");
        Line("|---|---|");
        foreach (var file in packages.Where(package => package.Notices is not null).GroupBy(package => package.Notices!))
        {
            Line($"| `{file.Key.Name}` | {Names(file)} |");
        }

        return page.ToString();

        void Line(string line) => page.Append(line).Append('\n');
    }

    private static string Names(IEnumerable<Package> packages) => string.Join(", ", packages.Select(package => $"{package.Id} {package.Version}"));
}
