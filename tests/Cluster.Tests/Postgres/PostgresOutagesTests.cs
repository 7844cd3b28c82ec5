using System.Net.Sockets;
using Chitti.Domain;
using Chitti.Storage;
using Chitti.Storage.Postgres;
using Chitti.Storage.Tests;
using Chitti.Tests;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chitti.Cluster.Tests;

[Collection(PostgresGroup.Name)]
public sealed class PostgresOutagesTests(PostgresServer server)
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("08006", Outage.Database)]
    [InlineData("08P01", Outage.Database)]
    [InlineData("53300", Outage.Database)]
    [InlineData("53100", Outage.StorageFull)]
    [InlineData("57P01", Outage.Database)]
    [InlineData("57P02", Outage.Database)]
    [InlineData("57P03", Outage.Database)]
    [InlineData("25006", Outage.StorageReadOnly)]
    [InlineData("40001", Outage.Database)]
    [InlineData("40P01", Outage.Database)]
    [InlineData("23505", null)]
    [InlineData("42P01", null)]
    [InlineData("22021", null)]
    [InlineData("57014", null)]
    [InlineData("XX001", null)]
    public void Translate_StateOfTheServer_DistinguishesOutageFromFailure(string state, Outage? expected)
    {
        var cause = new PostgresException("what the server says", "ERROR", "ERROR", state);

        foreach (var exception in new Exception[] { cause, new InvalidOperationException("around", cause), new AggregateException(new InvalidOperationException(), cause) })
        {
            var outage = PostgresOutages.Translate(exception);
            Assert.Equal(expected, outage?.Outage);
            if (outage is not null)
            {
                Assert.Same(cause, outage.InnerException);
                Assert.Contains("what the server says", outage.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Translate_OtherExceptions_DistinguishesOutageFromFailure()
    {
        foreach (var exception in new Exception[] { new NpgsqlException("lost"), new SocketException(), new IOException(), new TimeoutException() })
        {
            Assert.Equal(Outage.Database, PostgresOutages.Translate(exception)!.Outage);
        }

        Assert.Null(PostgresOutages.Translate(new OutageException(Outage.Broker, "already told")));
        Assert.Null(PostgresOutages.Translate(new OperationCanceledException("cancelled", new NpgsqlException("lost"))));
        Assert.Null(PostgresOutages.Translate(new FormatException()));
        Assert.Null(PostgresOutages.Translate(null));
    }

    [Fact]
    public async Task EveryCall_NoServer_IsAnOutage()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = PostgresServer.FindFreePort() }.ConnectionString;
        await using var storage = PostgresTestStorage.Open(connectionString);
        var id = Guid.CreateVersion7();

        foreach (var call in new Func<Task>[]
        {
            () => storage.Files.AcceptAsync([Rows.File()], null),
            () => storage.Files.FindAsync([id]),
            () => storage.Files.GetAsync(id),
            () => storage.Files.GetManyAsync([id]),
            () => storage.Files.ListAsync(new()),
            () => storage.Files.BeginAsync(id, "me", _minute),
            () => storage.Files.CompleteAsync(Rows.Inspection(id)),
            () => storage.Files.FailAsync(id, "x", Rows.Time, deadLetter: false),
            () => storage.Files.DeleteAsync(id, "tester"),
            () => storage.Files.FindUnownedAsync(["files/1"]),
            () => storage.Work.RenewAsync(id, "me", _minute),
            () => storage.Work.RecordFailureAsync(id, "me", "x"),
            () => storage.Work.RecordOutageAsync(id, "me", "x", _minute, null),
            () => storage.Work.ReleaseAsync(id, "me"),
            () => storage.Work.MarkPublishedAsync([id]),
            () => storage.Work.PutBackAsync(WorkKind.File, 0, 1),
            () => storage.Work.ListDueAsync(WorkKind.File, 1),
            () => storage.Work.GetAsync(id),
            () => storage.Work.CountStuckAsync(),
            () => storage.Reports.AddAsync(id, Rows.Report(id), Rows.Time),
            () => storage.Reports.GetAsync(id),
            () => storage.Reports.BeginAsync(id, "me", _minute),
            () => storage.Reports.CompleteAsync(id, "reports/1.csv", Rows.Time),
            () => storage.Reports.FailAsync(id, "x", Rows.Time, deadLetter: false),
            () => storage.Inspections.GetAsync(id),
            () => storage.Idempotency.ClaimAsync("s", "k", "me", _minute, _minute),
            () => storage.Idempotency.RenewAsync("s", "k", "me", _minute),
            () => storage.Idempotency.ReleaseAsync("s", "k", "me"),
            () => storage.Profiles.UpsertAsync(new("weld", 1, "{}", Rows.Time)),
            () => storage.Profiles.ListAsync(null, 1),
            () => storage.Probe.CheckAsync(),
            () => new PostgresPartitions(storage.Source).EnsureAsync(Rows.Time, 1),
            () => new PostgresPartitions(storage.Source).DropBeforeAsync(Rows.Time),
        })
        {
            Assert.Equal(Outage.Database, (await Assert.ThrowsAsync<OutageException>(call)).Outage);
        }
    }

    [Fact]
    public async Task AcceptAsync_DatabaseIsReadOnly_SaysSo()
    {
        var connectionString = await server.CreateMigratedDatabaseAsync();
        await using var storage = PostgresTestStorage.Open($"{connectionString};Options=-c default_transaction_read_only=on");

        var outage = await Assert.ThrowsAsync<OutageException>(() => storage.Files.AcceptAsync([Rows.File()], null));

        Assert.Equal(Outage.StorageReadOnly, outage.Outage);
    }

    [Fact]
    public async Task MarkPublishedAsync_DeadlockVictim_IsRetried()
    {
        await using var storage = PostgresTestStorage.Open(await server.CreateMigratedDatabaseAsync());
        var (first, second) = (Rows.File(Rows.Time), Rows.File(Rows.Time.AddSeconds(1)));
        await storage.Files.AcceptAsync([first, second], null);
        await using var other = await storage.Source.OpenConnectionAsync();
        // The other transaction never times out, so the server resolves the deadlock by aborting the store's.
        await other.ExecuteAsync("SET deadlock_timeout = '1h'");
        await using var transaction = await other.BeginTransactionAsync();
        await TouchAsync(second.Id);

        var mark = storage.Work.MarkPublishedAsync([first.Id, second.Id]);
        await using var observer = await storage.Source.OpenConnectionAsync();
        await Eventually.GetAsync(
            () => observer.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
            count => count == 1);
        await TouchAsync(first.Id);
        await transaction.CommitAsync();
        await mark;

        Assert.NotNull((await storage.Work.GetAsync(first.Id))!.PublishedAt);
        Assert.NotNull((await storage.Work.GetAsync(second.Id))!.PublishedAt);

        Task TouchAsync(Guid id) => other.ExecuteAsync("UPDATE work SET attempts = attempts WHERE id = @id", new { id }, transaction);
    }

    [Fact]
    public async Task RecordFailureAsync_MessageWithInvalidCharacters_IsStoredAnyway()
    {
        await using var storage = PostgresTestStorage.Open(await server.CreateMigratedDatabaseAsync());
        var file = Rows.File();
        await storage.Files.AcceptAsync([file], null);
        await storage.Files.BeginAsync(file.Id, "me", _minute);

        await storage.Work.RecordFailureAsync(file.Id, "me", "a zero \0 and half a pair \uD83D");

        Assert.Equal("a zero \uFFFD and half a pair \uFFFD", (await storage.Work.GetAsync(file.Id))!.LastError);
        Assert.True(await storage.Files.FailAsync(file.Id, "a zero \0", Rows.Time, deadLetter: true));
    }

    [Fact]
    public async Task AddPostgresStorage_EveryStore_SharesOneDataSource()
    {
        var connectionString = await server.CreateMigratedDatabaseAsync();
        var opened = 0;
        var services = new ServiceCollection().AddPostgresStorage(_ =>
        {
            opened++;
            return PostgresDatabase.CreateSource(connectionString);
        });
        await using (var provider = services.BuildServiceProvider())
        {
            var file = Rows.File();
            await provider.GetRequiredService<IFileStore>().AcceptAsync([file], null);
            Assert.NotNull(await provider.GetRequiredService<IWorkLedger>().GetAsync(file.Id));
            Assert.Null(await provider.GetRequiredService<IReportStore>().GetAsync(file.Id));
            Assert.Null(await provider.GetRequiredService<IInspectionStore>().GetAsync(file.Id));
            Assert.Empty(await provider.GetRequiredService<IProfileList>().ListAsync(null, 1));
            await provider.GetRequiredService<IIdempotencyStore>().ReleaseAsync("s", "k", "me");
            await provider.GetRequiredService<IDatabaseProbe>().CheckAsync();
        }

        Assert.Equal(1, opened);
        Assert.All(services, service => Assert.NotNull(service.ImplementationFactory));
    }
}
