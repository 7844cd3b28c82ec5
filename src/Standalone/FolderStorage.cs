using System.Data.Common;
using Chitti.Domain;
using Chitti.ServiceDefaults;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Storage of a single process: a SQLite file and a folder of objects, both in the data folder.</summary>
internal static class FolderStorage
{
    /// <summary>Path of the database in a data folder.</summary>
    public static string DatabaseOf(DataOptions data) => Path.Combine(data.FullPath, "chitti.db");

    /// <summary>Words for the message about a data folder whose database and objects do not match.</summary>
    public static PairingAdvice Advice(DataOptions data) => new(DatabaseOf(data), $"chitti recover --data {data.DataPath}");

    public static void AddFolderStorage(this IServiceCollection services)
    {
        services.AddSettings<DataOptions>(DataOptions.Section);
        services.AddSettingsRule<DataOptions>(data => data.FindFault());
        services.AddSingleton(provider => DataFolderLock.Take(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath));
        services.AddSqliteStorage(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            var data = provider.GetRequiredService<IOptions<DataOptions>>().Value;
            return MissingDatabase.FindFault(data) is { } fault
                ? throw new StartFaultException(fault)
                : Open(new() { Path = DatabaseOf(data), Time = provider.GetRequiredService<TimeProvider>() });
        });
        services.AddSingleton<IObjectStore>(provider =>
        {
            _ = provider.GetRequiredService<DataFolderLock>();
            var data = provider.GetRequiredService<IOptions<DataOptions>>().Value;
            return Open("the objects", data.FullPath, () => new FolderObjectStore(new() { Root = data.FullPath, ReserveBytes = data.ReserveBytes }));
        });
    }

    /// <exception cref="StartFaultException">The database can't be used.</exception>
    public static SqliteDatabase Open(SqliteOptions options) => Open("the database", options.Path, () => new SqliteDatabase(options));

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
