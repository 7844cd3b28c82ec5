using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Chitti.Storage.Tests;

public sealed class SqliteOutagesTests
{
    [Theory]
    [InlineData(5, Outage.Database)]
    [InlineData(6, Outage.Database)]
    [InlineData(10, Outage.Database)]
    [InlineData(14, Outage.Database)]
    [InlineData(13, Outage.StorageFull)]
    [InlineData(8, Outage.StorageReadOnly)]
    [InlineData(1, null)]
    [InlineData(11, Outage.Database)]
    [InlineData(19, null)]
    [InlineData(26, Outage.Database)]
    public void Translate_ErrorOfSqlite_DistinguishesOutageFromFailure(int code, Outage? expected)
    {
        var cause = new SqliteException("what SQLite says", code);

        foreach (var exception in new Exception[] { cause, new InvalidOperationException("around", cause), new AggregateException(new InvalidOperationException(), cause) })
        {
            var outage = SqliteOutages.Translate(exception);
            Assert.Equal(expected, outage?.Outage);
            if (outage is not null)
            {
                Assert.Same(cause, outage.InnerException);
                Assert.Contains("what SQLite says", outage.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Translate_OtherExceptions_DistinguishesOutageFromFailure()
    {
        Assert.Equal(Outage.StorageFull, SqliteOutages.Translate(new IOException("disk", 28))!.Outage);
        Assert.Equal(Outage.StorageReadOnly, SqliteOutages.Translate(new IOException("disk", 30))!.Outage);
        Assert.Equal(Outage.Database, SqliteOutages.Translate(new IOException("disk", 5))!.Outage);
        Assert.Equal(Outage.Database, SqliteOutages.Translate(new TimeoutException())!.Outage);
        Assert.Null(SqliteOutages.Translate(new OutageException(Outage.Broker, "already told")));
        Assert.Null(SqliteOutages.Translate(new OperationCanceledException("cancelled", new IOException("disk", 28))));
        Assert.Null(SqliteOutages.Translate(new FormatException()));
        Assert.Null(SqliteOutages.Translate(null));
    }

    [Fact]
    public async Task Writes_AnotherProcessHoldsTheFile_AreOutages()
    {
        await using var storage = SqliteTestStorage.Open();
        var id = Guid.CreateVersion7();
        using var other = new SqliteConnection(storage.Database.ConnectionString);
        other.Open();
        using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        hold.ExecuteNonQuery();
        var minute = TimeSpan.FromMinutes(1);

        foreach (var call in new Func<Task>[]
        {
            () => storage.Files.AcceptAsync([Rows.File()], null),
            () => storage.Work.RenewAsync(id, "me", minute),
            () => storage.Reports.AddAsync(id, Rows.Report(id), Rows.Time),
            () => storage.Idempotency.ClaimAsync("s", "k", "me", minute, minute),
            () => storage.Profiles.UpsertAsync(new("weld", 1, "{}", Rows.Time)),
            () => storage.Probe.CheckAsync(),
            () => storage.Database.ResetInFlightAsync(),
        })
        {
            Assert.Equal(Outage.Database, (await Assert.ThrowsAsync<OutageException>(call)).Outage);
        }
    }
}
