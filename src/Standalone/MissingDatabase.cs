using Chitti.Silo;
using Chitti.Storage;

namespace Chitti.Standalone;

/// <summary>
/// Notices a database file that is missing or empty although the folder has been used, before it is opened: opening makes
/// a new one, and removes the log of the old one, which may hold its last commits.
/// </summary>
internal static class MissingDatabase
{
    /// <returns>Null where there is a database, and where there is nothing that one could belong to.</returns>
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

        PairingAdvice advice = FolderStorage.Advice(data);
        return $"Chitti:DataPath: there are objects in {objects}, but the database {advice.Database} is missing or empty; started like this, the server would take pictures for leftovers. Ways out: restore the backup of the database, or run '{advice.Recover}', which makes a file of every picture that has none, or move {objects} away to begin anew.";
    }

    /// <summary>The log of a missing database must not be lost to a new one.</summary>
    public static string? FindLog(DataOptions data)
    {
        var database = FolderStorage.DatabaseOf(data);
        return IsMissing(data) && new FileInfo($"{database}-wal") is { Exists: true, Length: > 0 } log
            ? $"Chitti:DataPath: the database {database} is missing or empty, but its log {log.FullName} is there and may hold the last commits. Put the database back beside it, or move the log away."
            : null;
    }

    /// <summary>Whether there is no database file, or one without a byte.</summary>
    public static bool IsMissing(DataOptions data) => new FileInfo(FolderStorage.DatabaseOf(data)) is { Exists: false } or { Length: 0 };

    private static bool HasObjects(string objects) => Directory.Exists(objects)
        && Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Any(path => Path.GetRelativePath(objects, path) != StorePairing.Key);
}
