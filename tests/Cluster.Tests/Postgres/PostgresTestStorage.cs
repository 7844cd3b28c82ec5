using Chitti.Storage.Postgres;
using Chitti.Storage.Postgres.Migrations;
using Chitti.Storage.Tests;
using Dapper;
using Npgsql;

namespace Chitti.Cluster.Tests;

/// <summary>Its own database. The store uses the server's clock, so time is advanced by making rows older.</summary>
internal sealed class PostgresTestStorage : TestStorage
{
    public required NpgsqlDataSource Source { get; init; }

    public static async Task<TestStorage> OpenAsync(PostgresServer server) => Open(await server.CreateMigratedDatabaseAsync());

    /// <summary>A database that is migrated here, not copied from a migrated one.</summary>
    public static async Task<TestStorage> MigrateAsync(PostgresServer server)
    {
        var connectionString = await server.CreateDatabaseAsync();
        PostgresMigrations.Upgrade(connectionString, TimeSpan.FromMinutes(1));
        return Open(connectionString);
    }

    public static PostgresTestStorage Open(string connectionString)
    {
        var source = PostgresDatabase.CreateSource(connectionString);
        var database = new PostgresDatabase(source);
        return new()
        {
            Source = source,
            Files = new PostgresFileStore(database),
            Work = new PostgresWorkLedger(database),
            Reports = new PostgresReportStore(database),
            Inspections = new PostgresInspectionStore(database),
            Idempotency = new PostgresIdempotencyStore(database),
            Profiles = new PostgresProfileList(database),
            Pairing = new PostgresPairing(database),
            Probe = database,
        };
    }

    public override async Task<DateTimeOffset> NowAsync()
    {
        await using var connection = await Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<DateTime>("SELECT clock_timestamp()");
    }

    public override async Task PassAsync(TimeSpan time)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await connection.ExecuteAsync("""
            UPDATE work SET lease_until = lease_until - @time, published_at = published_at - @time, due_at = due_at - @time,
                outage_since = outage_since - @time;
            UPDATE idempotency_keys SET lease_until = lease_until - @time, claimed_at = claimed_at - @time;
            """, new { time });
    }

    public override ValueTask DisposeAsync() => Source.DisposeAsync();
}
