using System.Data.Common;
using Chitti.Domain;
using Chitti.ServiceDefaults;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Storage of a single process: a SQLite file and a folder of objects, both in the data folder.</summary>
internal static class FolderStorage
{
    public static void AddFolderStorage(this IServiceCollection services)
    {
        services.AddSettings<DataOptions>(DataOptions.Section);
        services.AddSettingsRule<DataOptions>(data => data.FindFault());
        services.AddSingleton(provider => DataFolderLock.Take(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath));
        services.AddSqliteStorage(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            return Open(
                Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath, "chitti.db"),
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IObjectStore>(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            var data = provider.GetRequiredService<IOptions<DataOptions>>().Value;
            return new FolderObjectStore(new() { Root = data.FullPath, ReserveBytes = data.ReserveBytes });
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
