using Chitti.Storage.Sqlite;
using Orleans.Configuration;

namespace Chitti.Storage.Tests;

#pragma warning disable CA1001 // xunit calls DisposeAsync.
public sealed class SqliteGrainStorageTests : GrainStorageTests
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase _database = null!;

    private protected override Task<Action<AdoNetGrainStorageOptions>> CreateDatabaseAsync()
    {
        _database = new SqliteDatabase(new SqliteOptions { Path = _folder["chitti.db"] });
        return Task.FromResult<Action<AdoNetGrainStorageOptions>>(options =>
        {
            options.Invariant = "System.Data.SQLite";
            options.DataSource = _database.Writer;
        });
    }

    private protected override Task CloseDatabaseAsync()
    {
        _database.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
