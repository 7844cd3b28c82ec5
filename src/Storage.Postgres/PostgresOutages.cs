using System.Net.Sockets;
using Chitti.Domain;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>Distinguishes outages of the database from failures of a statement.</summary>
public static class PostgresOutages
{
    private const string ReadOnlyTransaction = "25006", IdleSessionTimeout = "57P05";

    /// <summary>
    /// The outage that an exception of PostgreSQL or of the connection, or one that wraps it, stands for. Null for all others:
    /// waiting does not repair a violated constraint or an invalid statement.
    /// </summary>
    public static OutageException? Translate(Exception? exception) => exception switch
    {
        null or OutageException or OperationCanceledException => null,
        PostgresException postgres => Find(postgres.SqlState) is { } outage ? Create(outage, postgres) : null,
        NpgsqlException or SocketException or IOException or TimeoutException => Create(Outage.Database, exception),
        AggregateException many => many.InnerExceptions.Select(Translate).FirstOrDefault(outage => outage is not null),
        _ => Translate(exception.InnerException),
    };

    /// <summary>Runs a call to the database and translates its exceptions.</summary>
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

    /// <summary>Whether the transaction was rolled back because of a conflict with another one, so that it may be retried.</summary>
    internal static bool IsContention(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private static Outage? Find(string state) => state switch
    {
        PostgresErrorCodes.DiskFull => Outage.StorageFull,
        ReadOnlyTransaction => Outage.StorageReadOnly,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleSessionTimeout => Outage.Database,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => Outage.Database,
        // Class 08: connection exceptions. Class 53: insufficient resources.
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
