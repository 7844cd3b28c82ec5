using Chitti.ServiceDefaults;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Settings, database and objects for the commands that work on a data folder.</summary>
internal sealed class DataServices : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Stack<IDisposable> _open = new();

    /// <param name="folder">The data folder; null for the one in the settings.</param>
    public DataServices(string? folder)
    {
        _services = CommandServices.Create();
        Data = Get<DataOptions>();
        Data.DataPath = folder ?? Data.DataPath;
        if (!Directory.Exists(Data.FullPath))
        {
            _services.Dispose();
            throw new StartFaultException($"there is no folder {Data.FullPath}");
        }
    }

    public DataOptions Data { get; }

    public T Get<T>() where T : class => _services.GetRequiredService<IOptions<T>>().Value;

    /// <summary>Locks the folder for other processes until the end.</summary>
    /// <exception cref="StartFaultException">Another process uses it.</exception>
    public void Lock() => _open.Push(DataFolderLock.Take(Data.FullPath));

    /// <summary>Opens the database.</summary>
    /// <param name="readOnly">True to read it while a server may be running.</param>
    /// <exception cref="StartFaultException">The database can't be used.</exception>
    public SqliteDatabase OpenDatabase(bool readOnly)
    {
        if (MissingDatabase.FindLog(Data) is { } fault)
        {
            throw new StartFaultException(fault);
        }

        return Keep(FolderStorage.Open(new() { Path = FolderStorage.DatabaseOf(Data), ReadOnly = readOnly }));
    }

    /// <summary>Creates an empty database in a temporary folder.</summary>
    public SqliteDatabase OpenEmptyDatabase()
    {
        var folder = Directory.CreateTempSubdirectory("chitti-");
        _open.Push(new TemporaryFolder(folder));
        return Keep(FolderStorage.Open(new() { Path = Path.Combine(folder.FullName, "chitti.db") }));
    }

    /// <summary>Opens the object store.</summary>
    /// <param name="readOnly">True to read it while a server may be running.</param>
    public FolderObjectStore OpenObjects(bool readOnly) =>
        new(new() { Root = Data.FullPath, ReserveBytes = Data.ReserveBytes, ReadOnly = readOnly });

    public async ValueTask DisposeAsync()
    {
        while (_open.TryPop(out var last))
        {
            last.Dispose();
        }

        await _services.DisposeAsync();
    }

    private SqliteDatabase Keep(SqliteDatabase database)
    {
        _open.Push(database);
        return database;
    }

    private sealed class TemporaryFolder(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }
}
