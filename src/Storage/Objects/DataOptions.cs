using System.ComponentModel.DataAnnotations;

namespace Chitti.Storage;

/// <summary>The data folder of a process.</summary>
public sealed class DataOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Folder for objects and, standalone, the database. Created if missing. <c>data</c> in the current folder by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>Free bytes on the volume below which uploads are refused, so that accepted work can still finish. 64 MiB by default.</summary>
    [Range(0, long.MaxValue)]
    public long ReserveBytes { get; set; } = 64L << 20;

    /// <summary><see cref="DataPath"/> as an absolute path.</summary>
    public string FullPath => Path.GetFullPath(DataPath);

    /// <summary>Creates the folder durably, because its name must survive a power cut like its content.</summary>
    /// <returns>Why it can't be created; null when it exists.</returns>
    public string? FindFault()
    {
        try
        {
            DirectorySync.Create(FullPath);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{Section}:{nameof(DataPath)}: {exception.Message}";
        }
    }
}
