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
            var path = Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath, "chitti.db");
            return Open("the database", path, () => new SqliteDatabase(new() { Path = path, Time = provider.GetRequiredService<TimeProvider>() }));
        });
        services.AddSingleton<IObjectStore>(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            var data = provider.GetRequiredService<IOptions<DataOptions>>().Value;
            return Open("the objects", data.FullPath, () => new FolderObjectStore(new() { Root = data.FullPath, ReserveBytes = data.ReserveBytes }));
        });
    }

    private static T Open<T>(string what, string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception
            is DbException or InvalidOperationException or InvalidDataException or OutageException or IOException or UnauthorizedAccessException)
        {
            throw new StartFaultException($"Chitti:DataPath: {what} {path} can't be used: {exception.Message}", exception);
        }
    }
}
