using Chitti.Domain;
using Chitti.Storage.Sqlite;
using Chitti.Tests;

namespace Chitti.Storage.Tests;

/// <summary>On a disk that loses writes, what was accepted survives restarts and power cuts.</summary>
public sealed class SqliteFailingDiskTests : IDisposable
{
    private readonly FailingDisk? _disk = FailingDisk.Mount();

    public void Dispose() => _disk?.Dispose();

    private SqliteOptions Options => new() { Path = Path.Combine(_disk!.Path, "data", "chitti.db") };

    [Fact]
    public async Task AcceptAsync_DiskLosesTheLog_WhatIsAcceptedBeforeAndAfterTheRestartSurvivesAPowerCut()
    {
        if (_disk is null)
        {
            return;
        }

        var (before, after) = (Rows.File(), Rows.File());
        using (var database = new SqliteDatabase(Options))
        {
            var files = new SqliteFileStore(database);
            await files.AcceptAsync([before], null);
            _disk.Break();
            var outage = await Assert.ThrowsAsync<OutageException>(() => FillAsync(files));
            Assert.Equal(Outage.Database, outage.Outage);
            Assert.True(outage.Message.Contains($"Can't sync {Options.Path}-wal: ", StringComparison.Ordinal), outage.Message);
        }

        // The page cache still holds a log that the disk does not. A commit appended to it would be lost with it.
        _disk.Mend();
        using (var database = new SqliteDatabase(Options))
        {
            await new SqliteFileStore(database).AcceptAsync([after], null);

            // Closed as by a kill: the log is not copied and deleted.
            database.Stop.Set("the test ends it here", new IOException("killed"));
        }

        _disk.CutPower();
        using var last = new SqliteDatabase(Options);
        Assert.Equal(
            new HashSet<Guid> { before.Id, after.Id }, await new SqliteFileStore(last).FindAsync([before.Id, after.Id]));
    }

    [Fact]
    public async Task Constructor_CacheHoldsWhatTheDiskLost_ReadsTheDisk()
    {
        if (_disk is null)
        {
            return;
        }

        var (promised, lost) = (Rows.File(), Rows.File());
        using (var database = new SqliteDatabase(Options))
        {
            await new SqliteFileStore(database).AcceptAsync([promised], null);
            _disk.Break();

            // Committed, but not synced or accepted; more than fits the blocks that the log already has.
            var rows = Enumerable.Range(0, 5_000).Select(_ => Rows.File()).Append(lost).ToList();
            await database.WriteAsync((connection, transaction) => FileSql.Insert(connection, transaction, rows), CancellationToken.None);
            await Assert.ThrowsAsync<OutageException>(() => database.FlushAsync());
            Assert.NotNull(await new SqliteFileStore(database).GetAsync(lost.Id));
        }

        _disk.Mend();
        using var restarted = new SqliteDatabase(Options);
        Assert.Equal(new HashSet<Guid> { promised.Id }, await new SqliteFileStore(restarted).FindAsync([promised.Id, lost.Id]));
    }

    /// <summary>Accepts files until a sync fails: first the log uses blocks that it already has.</summary>
    private static async Task FillAsync(SqliteFileStore files)
    {
        for (var i = 0; i < 100; i++)
        {
            await files.AcceptAsync([.. Enumerable.Range(0, 100).Select(_ => Rows.File())], null);
        }
    }
}
