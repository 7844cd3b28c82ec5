using System.Data.Common;
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
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            return Open(database);
        });
        services.AddSingleton<ICatalog>(provider => new SqliteCatalog(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IObjectStore>(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            return new FolderObjectStore(new() { Root = options.DataPath, ReserveBytes = options.ReserveBytes });
        });
    }

    private static SqliteDatabase Open(string path)
    {
        try
        {
            return new(new() { Path = path });
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            throw new StartFaultException($"Chitti:DataPath: the database {path} can't be used: {exception.Message}", exception);
        }
    }
}
