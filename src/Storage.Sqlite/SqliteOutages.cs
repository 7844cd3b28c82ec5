using Chitti.Domain;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Chitti.Storage.Sqlite;

/// <summary>Distinguishes outages of the database from failures of a statement.</summary>
public static class SqliteOutages
{
    /// <summary>
    /// The outage that an exception of SQLite or of a sync, or one that wraps it, stands for. A damaged database is an outage:
    /// it has to be restored, and the work that met it is not at fault. Null for all others, for example a violated constraint.
    /// </summary>
    public static OutageException? Translate(Exception? exception) => exception switch
    {
        null or OutageException or OperationCanceledException => null,
        SqliteException sqlite => Find(sqlite.SqliteErrorCode) is { } outage ? Create(outage, sqlite) : null,
        AggregateException many => many.InnerExceptions.Select(Translate).FirstOrDefault(outage => outage is not null),
        TimeoutException => Create(Outage.Database, exception),
        _ when DiskOutages.Find(exception, Outage.Database) is { } outage => Create(outage, exception),
        _ => Translate(exception.InnerException),
    };

    /// <summary>The exception of SQLite, if this is or wraps one.</summary>
    internal static SqliteException? Find(Exception? exception) => exception switch
    {
        null or OutageException => null,
        SqliteException sqlite => sqlite,
        AggregateException many => many.InnerExceptions.Select(Find).FirstOrDefault(found => found is not null),
        _ => Find(exception.InnerException),
    };

    /// <summary>Whether the file is damaged.</summary>
    internal static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB;

    /// <summary>Whether SQLite could not sync: the beginning of a log that is used again, for example.</summary>
    internal static bool IsFailedSync(SqliteException exception) => exception.SqliteExtendedErrorCode is SQLITE_IOERR_FSYNC or SQLITE_IOERR_DIR_FSYNC;

    private static Outage? Find(int code) => code switch
    {
        SQLITE_BUSY or SQLITE_LOCKED or SQLITE_CANTOPEN or SQLITE_IOERR or SQLITE_CORRUPT or SQLITE_NOTADB => Outage.Database,
        SQLITE_FULL => Outage.StorageFull,
        SQLITE_READONLY => Outage.StorageReadOnly,
        _ => null,
    };

    private static OutageException Create(Outage outage, Exception exception) => new(outage, outage switch
    {
        Outage.StorageFull => $"The database has no space left: {exception.Message}",
        Outage.StorageReadOnly => $"The database can't be written to: {exception.Message}",
        _ => $"The database is unavailable: {exception.Message}",
    }, exception);
}
