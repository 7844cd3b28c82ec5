using Chitti.Storage.Sqlite;

namespace Chitti.Storage.Tests;

internal sealed class SqliteTestStorage : TestStorage
{
    private readonly TempFolder _folder;
    private readonly MovableTime _time;

    private SqliteTestStorage(TempFolder folder, MovableTime time) => (_folder, _time) = (folder, time);

    public required SqliteDatabase Database { get; init; }

    public static Task<TestStorage> OpenAsync() => Task.FromResult<TestStorage>(Open());

    /// <param name="sync">Replaces the sync of the log; null for the real one.</param>
    public static SqliteTestStorage Open(Action? sync = null)
    {
        var (folder, time) = (new TempFolder(), new MovableTime());
        var options = new SqliteOptions { Path = folder["data/chitti.db"], Time = time, BusyTimeout = TimeSpan.FromSeconds(1) };
        var database = new SqliteDatabase(sync is null ? options : options with { Sync = _ => sync() });
        return new(folder, time)
        {
            Database = database,
            Files = new SqliteFileStore(database),
            Work = new SqliteWorkLedger(database),
            Reports = new SqliteReportStore(database),
            Inspections = new SqliteInspectionStore(database),
            Idempotency = new SqliteIdempotencyStore(database),
            Profiles = new SqliteProfileList(database),
            Pairing = new SqlitePairing(database),
            Probe = database,
        };
    }

    public override Task<DateTimeOffset> NowAsync() => Task.FromResult(_time.GetUtcNow());

    public override Task PassAsync(TimeSpan time)
    {
        _time.Move(time);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Database.Dispose();
        _folder.Dispose();
        return default;
    }
}
