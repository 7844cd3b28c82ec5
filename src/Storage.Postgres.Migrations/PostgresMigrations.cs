using DbUp;
using DbUp.Engine;
using Npgsql;

namespace Chitti.Storage.Postgres.Migrations;

/// <summary>Brings a PostgreSQL database to this program's schema. Scripts are embedded, numbered, and never edited once released.</summary>
public static class PostgresMigrations
{
    private const string Prefix = "Chitti.Storage.Migrations.Postgres.";

    // Any number will do that nothing else in the database takes an advisory lock on.
    internal const long LockKey = 0x4368_6974_7469;

    /// <summary>Runs the scripts that the database has not seen, each in a transaction. Many processes may call it at once: one runs them, the others wait. Blocks.</summary>
    /// <param name="connectionString">
    /// Of the server itself, not of a pooler in transaction mode: the lock belongs to the session. The user must be allowed to create tables.
    /// </param>
    /// <param name="patience">How long to wait for another process that is at it, above zero.</param>
    /// <returns>Names of the scripts run.</returns>
    /// <exception cref="InvalidOperationException">The schema is newer than this program, a script failed, or another process was at it for too long.</exception>
    /// <exception cref="NpgsqlException">The server can't be reached or refuses the user.</exception>
    public static IReadOnlyList<string> Upgrade(string connectionString, TimeSpan patience)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(patience, TimeSpan.Zero);
        using var guard = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        guard.Open();
        Lock(guard, patience);
        var engine = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(PostgresMigrations).Assembly, name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();
        ThrowIfNewer(engine, guard);

        var result = engine.PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The migration {result.ErrorScript?.Name} of {Describe(guard)} failed: {result.Error.Message}", result.Error);
        }

        return [.. result.Scripts.Select(s => s.Name[Prefix.Length..])];
    }

    /// <summary>Throws unless the database has exactly this program's schema.</summary>
    /// <param name="connectionString">Of the database, through a pooler or not.</param>
    /// <exception cref="InvalidOperationException">The schema is older or newer; the message says what to do.</exception>
    /// <exception cref="NpgsqlException">The server can't be reached or refuses the user.</exception>
    public static void Check(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        var engine = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(PostgresMigrations).Assembly, name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .LogToNowhere()
            .Build();
        ThrowIfNewer(engine, connection);
        if (engine.GetScriptsToExecute() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"The database {Describe(connection)} lacks the migration {missing[0].Name}: run the verb migrate.");
        }
    }

    private static void Lock(NpgsqlConnection connection, TimeSpan patience)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SET lock_timeout = {(long)Math.Ceiling(patience.TotalMilliseconds)}; SELECT pg_advisory_lock({LockKey});";
        command.CommandTimeout = 0;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new InvalidOperationException($"Another process has been migrating {Describe(connection)} for more than {patience}.", exception);
        }
    }

    private static void ThrowIfNewer(UpgradeEngine engine, NpgsqlConnection connection)
    {
        var known = engine.GetDiscoveredScripts().Select(s => s.Name).ToHashSet();
        if (engine.GetExecutedScripts().FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new InvalidOperationException($"The database {Describe(connection)} is newer than this program: it has seen the migration {unknown}.");
        }
    }

    private static string Describe(NpgsqlConnection connection) => $"{connection.Database} on {connection.Host}:{connection.Port}";
}
