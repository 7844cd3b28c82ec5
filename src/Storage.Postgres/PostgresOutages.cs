using System.Net.Sockets;
using Chitti.Domain;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>Tells outages of the database from failures of a statement.</summary>
public static class PostgresOutages
{
    private const string ReadOnlyTransaction = "25006", IdleSessionTimeout = "57P05";

    /// <summary>
    /// The outage that an exception of PostgreSQL, of the connection to it, or one around them stands for. Null for every
    /// other: a broken constraint or a fault in a statement does not go away by waiting.
    /// </summary>
    public static OutageException? Translate(Exception? exception) => exception switch
    {
        null or OutageException or OperationCanceledException => null,
        PostgresException postgres => Find(postgres.SqlState) is { } outage ? Create(outage, postgres) : null,
        NpgsqlException or SocketException or IOException or TimeoutException => Create(Outage.Database, exception),
        AggregateException many => many.InnerExceptions.Select(Translate).FirstOrDefault(outage => outage is not null),
        _ => Translate(exception.InnerException),
    };

    /// <summary>Runs something that meets the database, and translates what it throws.</summary>
    internal static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (Translate(exception) is { } outage)
        {
            throw outage;
        }
    }

    /// <summary>Whether the transaction gave way to another one and was rolled back: it may be run again.</summary>
    internal static bool IsContention(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private static Outage? Find(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => Outage.StorageFull,
        ReadOnlyTransaction => Outage.StorageReadOnly,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleSessionTimeout => Outage.Database,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => Outage.Database,
        // Class 08: the connection; class 53: connections, memory or space run out.
        ['0', '8', ..] or ['5', '3', ..] => Outage.Database,
        _ => null,
    };

    private static OutageException Create(Outage outage, Exception exception) => new(outage, outage switch
    {
        Outage.StorageFull => $"The database has no space left: {exception.Message}",
        Outage.StorageReadOnly => $"The database can't be written to: {exception.Message}",
        _ => $"The database is unavailable: {exception.Message}",
    }, exception);
}
