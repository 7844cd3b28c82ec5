using Chitti.Storage.Sqlite;

namespace Chitti.Storage.Tests;

internal sealed class SqliteTestStorage : TestStorage
{
    private readonly TempFolder _folder;
    private readonly MovableTime _time;
    private readonly bool _ownsFolder;

    private SqliteTestStorage(TempFolder folder, MovableTime time, bool ownsFolder) => (_folder, _time, _ownsFolder) = (folder, time, ownsFolder);

    public required SqliteDatabase Database { get; init; }

    public static Task<TestStorage> OpenAsync() => Task.FromResult<TestStorage>(Open());

    /// <param name="sync">Replaces the sync of the log; null for the real one.</param>
    public static SqliteTestStorage Open(Action? sync = null)
    {
        return Open(new TempFolder(), new MovableTime(), ownsFolder: true, sync);
    }

    /// <summary>Closes the database and opens it again, as a new process would. This instance still owns the folder.</summary>
    public SqliteTestStorage Restart()
    {
        Database.Dispose();
        return Open(_folder, _time, ownsFolder: false, sync: null);
    }

    private static SqliteTestStorage Open(TempFolder folder, MovableTime time, bool ownsFolder, Action? sync)
    {
        var options = new SqliteOptions { Path = folder["data/chitti.db"], Time = time, BusyTimeout = TimeSpan.FromSeconds(1) };
        var database = new SqliteDatabase(sync is null ? options : options with { Sync = (_, _) => sync() });
        return new(folder, time, ownsFolder)
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
        if (_ownsFolder)
        {
            _folder.Dispose();
        }

        return default;
    }
}
