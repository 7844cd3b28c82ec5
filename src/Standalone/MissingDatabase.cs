using Chitti.Storage;

namespace Chitti.Standalone;

/// <summary>
/// Detects a missing or empty database file in a data folder that has been used. Must run before SQLite opens the file, which
/// would create it and delete the write-ahead log of the lost database.
/// </summary>
internal static class MissingDatabase
{
    /// <returns>Null if there is a database, or the folder has not been used.</returns>
    public static string? FindFault(DataOptions data)
    {
        if (FindLog(data) is { } log)
        {
            return log;
        }

        var objects = Path.Combine(data.FullPath, "objects");
        if (!IsMissing(data) || !HasObjects(objects))
        {
            return null;
        }

        var advice = FolderStorage.Advice(data);
        return $"Chitti:DataPath: there are objects in {objects}, but the database {advice.Database} is missing or empty. Restore the backup of the database, or run '{advice.Recover}' to restore the files from their objects, or move {objects} away to start with an empty system.";
    }

    /// <summary>Finds the write-ahead log of a missing database.</summary>
    public static string? FindLog(DataOptions data)
    {
        var database = FolderStorage.DatabaseOf(data);
        return IsMissing(data) && new FileInfo($"{database}-wal") is { Exists: true, Length: > 0 } log
            ? $"Chitti:DataPath: the database {database} is missing or empty, but its write-ahead log {log.FullName} exists and may contain the latest commits. Put the database back, or move the log away."
            : null;
    }

    /// <summary>Whether the database file does not exist or is empty.</summary>
    public static bool IsMissing(DataOptions data) => new FileInfo(FolderStorage.DatabaseOf(data)) is { Exists: false } or { Length: 0 };

    private static bool HasObjects(string objects) => Directory.Exists(objects)
        && Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Any(path => Path.GetRelativePath(objects, path) != StorePairing.Key);
}
