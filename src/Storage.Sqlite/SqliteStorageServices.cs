using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Storage.Sqlite;

/// <summary>Registers SQLite as the database.</summary>
public static class SqliteStorageServices
{
    /// <summary>Adds all storage interfaces except the object store, on one file.</summary>
    /// <param name="services">The services.</param>
    /// <param name="open">Opens the file. Called once; the container closes the file.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Func<IServiceProvider, SqliteDatabase> open)
    {
        // Registered with factories, so that tests can wrap the instances to inject errors.
        services.AddSingleton(open);
        services.AddSingleton<IDatabaseProbe>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IDatabasePairing>(provider => new SqlitePairing(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IFileStore>(provider => new SqliteFileStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IWorkLedger>(provider => new SqliteWorkLedger(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IReportStore>(provider => new SqliteReportStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IInspectionStore>(provider => new SqliteInspectionStore(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IIdempotencyStore>(provider => new SqliteIdempotencyStore(provider.GetRequiredService<SqliteDatabase>()));
        return services.AddSingleton<IProfileList>(provider => new SqliteProfileList(provider.GetRequiredService<SqliteDatabase>()));
    }
}
