namespace Chitti.Tests;

/// <summary>Paths in the checkout that the tests run from.</summary>
internal static class Repository
{
    /// <summary>The folder with <c>Chitti.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the checkout.</summary>
    public static string Path(params string[] parts) => System.IO.Path.GetFullPath(System.IO.Path.Combine([Root, .. parts]));

    /// <summary>Optional data beside the checkout; null, and reported as not run, if it is missing.</summary>
    /// <param name="what">What can't run without it.</param>
    /// <param name="parts">Path below that folder.</param>
    public static string? FindShared(string what, params string[] parts)
    {
        var path = Path(["..", "shared", .. parts]);
        if (System.IO.Path.Exists(path))
        {
            return path;
        }

        NotRun.Say($"{what} (no ../shared/{string.Join('/', parts)})");
        return null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Chitti.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Chitti.sln.");
    }
}
