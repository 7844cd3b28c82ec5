using Chitti.Domain;
using Chitti.Storage.Postgres;
using Chitti.Storage.Postgres.Migrations;
using Chitti.Storage.Tests;
using Dapper;
using Npgsql;

namespace Chitti.Cluster.Tests;

[Collection(PostgresGroup.Name)]
public sealed class PostgresMigrationsTests(PostgresServer server)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Upgrade_EightAtOnce_OneRunsTheScripts()
    {
        var connectionString = await server.CreateDatabaseAsync();

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresMigrations.Upgrade(connectionString, _patience))));

        Assert.Equal(["0001-orleans.sql", "0002-catalog.sql", "0003-pairing.sql", "0004-deletions.sql"], Assert.Single(runs, scripts => scripts.Count > 0));
        PostgresMigrations.Check(connectionString);
    }

    [Fact]
    public async Task Upgrade_AnotherProcessHoldsTheLock_FailsWithTheReason()
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var other = await source.OpenConnectionAsync();
        await other.ExecuteAsync($"SELECT pg_advisory_lock({PostgresMigrations.LockKey})");

        var failure = Assert.Throws<InvalidOperationException>(() => PostgresMigrations.Upgrade(connectionString, TimeSpan.FromMilliseconds(100)));

        Assert.Contains("Another process has been migrating", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SchemaOlderOrNewer_FailsNamingTheMigration()
    {
        var connectionString = await server.CreateDatabaseAsync();
        Assert.Contains("0001-orleans.sql", Assert.Throws<InvalidOperationException>(() => PostgresMigrations.Check(connectionString)).Message, StringComparison.Ordinal);
        PostgresMigrations.Upgrade(connectionString, _patience);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("INSERT INTO schemaversions (scriptname, applied) VALUES ('Chitti.Storage.Migrations.Postgres.9999-future.sql', now())");

        Assert.Contains("9999-future", Assert.Throws<InvalidOperationException>(() => PostgresMigrations.Check(connectionString)).Message, StringComparison.Ordinal);
        Assert.Contains("9999-future", Assert.Throws<InvalidOperationException>(() => PostgresMigrations.Upgrade(connectionString, _patience)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partitions_MadeAheadAndDropped_HoldTheirMonths()
    {
        await using var source = NpgsqlDataSource.Create(await server.CreateMigratedDatabaseAsync());
        var partitions = new PostgresPartitions(source);
        var database = new PostgresDatabase(source);
        var (files, inspections) = (new PostgresFileStore(database), new PostgresInspectionStore(database));
        var (december, january) = (new DateTimeOffset(2026, 12, 31, 23, 59, 59, 999, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(
            ["inspections_2026_12", "inspection_classes_2026_12", "inspections_2027_01", "inspection_classes_2027_01"],
            await partitions.EnsureAsync(december, 2));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => partitions.EnsureAsync(december, 2))), Assert.Empty);
        var (old, young) = (Rows.Inspection(Guid.CreateVersion7(december), Verdict.Fail, "crack"), Rows.Inspection(Guid.CreateVersion7(january), Verdict.Fail, "crack"));
        await files.CompleteAsync(old);
        await files.CompleteAsync(young);
        await using var connection = await source.OpenConnectionAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM inspections_2026_12"));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM inspection_classes_2027_01"));

        Assert.Equal(["inspection_classes_2026_12", "inspections_2026_12"], await partitions.DropBeforeAsync(january));

        Assert.Null(await inspections.GetAsync(old.Id!.Value));
        Assert.NotNull(await inspections.GetAsync(young.Id!.Value));
    }
}
