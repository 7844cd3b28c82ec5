namespace Chitti.Inference.Tests;

/// <summary>Finds files of the repository from wherever the tests were built to.</summary>
internal static class Repository
{
    private static readonly string _root = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.GetFullPath(System.IO.Path.Combine([_root, .. parts]));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Chitti.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Chitti.sln is in no folder above the tests.");
    }
}
