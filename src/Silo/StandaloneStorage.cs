using System.Data.Common;
using Chitti.Domain;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Silo;

/// <summary>One SQLite file and one folder of objects, below the data folder.</summary>
internal static class StandaloneStorage
{
    public static void AddStandaloneStorage(this IServiceCollection services, ChittiOptions options)
    {
        var database = Path.Combine(options.DataPath, "chitti.db");
        services.AddSingleton(_ => DataFolderLock.Take(options.DataPath));
        services.AddSqliteStorage(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            return Open(database, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IObjectStore>(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            return new FolderObjectStore(new() { Root = options.DataPath, ReserveBytes = options.ReserveBytes });
        });
    }

    private static SqliteDatabase Open(string path, TimeProvider time)
    {
        try
        {
            return new(new() { Path = path, Time = time });
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or OutageException)
        {
            throw new StartFaultException($"Chitti:DataPath: the database {path} can't be used: {exception.Message}", exception);
        }
    }
}
