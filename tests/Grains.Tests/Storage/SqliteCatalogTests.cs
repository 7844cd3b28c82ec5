using Chitti.Storage;
using Chitti.Storage.Sqlite;

namespace Chitti.Grains.Tests.Storage;

public sealed class SqliteCatalogTests : CatalogTests, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteCatalogTests()
    {
        _database = new SqliteDatabase(new SqliteOptions { Path = _folder["data/chitti.db"] });
        Catalog = new SqliteCatalog(_database);
    }

    private protected override ICatalog Catalog { get; }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }
}
