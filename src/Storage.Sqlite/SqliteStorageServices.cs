using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Storage.Sqlite;

/// <summary>Registers SQLite as the database.</summary>
public static class SqliteStorageServices
{
    /// <summary>Adds every contract of storage but the object store, over one file.</summary>
    /// <param name="services">The services.</param>
    /// <param name="open">Opens the file, once; the container closes it.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Func<IServiceProvider, SqliteDatabase> open)
    {
        // Factories of instances: tests put faults around them.
        services.AddSingleton(open);
        services.AddSingleton<IDatabaseProbe>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IFileStore>(provider => new SqliteFileStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IWorkLedger>(provider => new SqliteWorkLedger(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IReportStore>(provider => new SqliteReportStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IInspectionStore>(provider => new SqliteInspectionStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IIdempotencyStore>(provider => new SqliteIdempotencyStore(provider.GetRequiredService<SqliteDatabase>()));
        return services.AddSingleton<IProfileList>(provider => new SqliteProfileList(provider.GetRequiredService<SqliteDatabase>()));
    }
}
