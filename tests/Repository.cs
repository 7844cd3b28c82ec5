namespace Chitti.Tests;

/// <summary>Places in the checkout that the tests run from.</summary>
internal static class Repository
{
    /// <summary>The folder with <c>Chitti.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A folder of the data that lies beside the checkout on the team's machines; null where it does not.</summary>
    public static string? FindShared(string path)
    {
        var shared = Path.Combine(Root, "..", "shared", path);
        return Path.Exists(shared) ? Path.GetFullPath(shared) : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Chitti.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Chitti.sln.");
    }
}
