using System.ComponentModel.DataAnnotations;
using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>The data folder of a process.</summary>
public sealed class DataOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Folder for objects and, standalone, the database. Created if missing. <c>data</c> in the current folder by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>Free bytes on the volume that uploads must leave, so that accepted work can still finish. 64 MiB by default.</summary>
    [Range(0, long.MaxValue)]
    public long ReserveBytes { get; set; } = 64L << 20;

    /// <summary><see cref="DataPath"/> as an absolute path.</summary>
    public string FullPath => Path.GetFullPath(DataPath);

    /// <summary>
    /// Creates the folder durably, because its name must survive a power cut like its content, and checks that files can be
    /// created in it. A full volume is not a fault: files can be deleted only through a running server.
    /// </summary>
    /// <returns>Why it can't be used; null when it can.</returns>
    public string? FindFault()
    {
        var setting = $"{Section}:{nameof(DataPath)}";
        try
        {
            DiskSync.CreateFolder(FullPath);
            foreach (var name in new[] { "objects", "staging" })
            {
                var folder = Path.Combine(FullPath, name);
                if (File.Exists(folder))
                {
                    return $"{setting}: {folder} is a file where a folder is needed.";
                }

                // The folder may be on a volume of its own.
                TryNewFile(Directory.Exists(folder) ? folder : FullPath);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{setting}: {FullPath} can't be used: {exception.Message}";
        }
    }

    private static void TryNewFile(string folder)
    {
        try
        {
            new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (IOException exception) when (DiskOutages.Find(exception, Outage.ObjectStore) == Outage.StorageFull)
        {
        }
    }
}
