using System.ComponentModel.DataAnnotations;

namespace Chitti.Storage;

/// <summary>Where a process keeps what it stores on disk.</summary>
public sealed class DataOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Folder for objects and, standalone, the database; made when missing. <c>data</c> in the current folder by default.</summary>
    [Required]
    public string DataPath { get; set; } = "data";

    /// <summary>Free bytes on the volume below which uploads are refused, so that accepted work can still end; 64 MiB by default.</summary>
    [Range(0, long.MaxValue)]
    public long ReserveBytes { get; set; } = 64L << 20;

    /// <summary><see cref="DataPath"/> from the root.</summary>
    public string FullPath => Path.GetFullPath(DataPath);

    /// <summary>Makes the folder, durably: its name must survive a power cut as what is in it does.</summary>
    /// <returns>Why it can't be made; null where it is there.</returns>
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
