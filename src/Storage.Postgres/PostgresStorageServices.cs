using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>Registers PostgreSQL as the database.</summary>
public static class PostgresStorageServices
{
    /// <summary>Adds every contract of storage but the object store, over one data source.</summary>
    /// <param name="services">The services.</param>
    /// <param name="open">Makes the data source, once; the container closes it.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> open)
    {
        // Factories of instances: tests put faults around them.
        services.AddSingleton(open);
        services.AddSingleton(provider => new PostgresDatabase(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<IDatabaseProbe>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddSingleton<IFileStore>(provider => new PostgresFileStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IWorkLedger>(provider => new PostgresWorkLedger(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IReportStore>(provider => new PostgresReportStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IInspectionStore>(provider => new PostgresInspectionStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IIdempotencyStore>(provider => new PostgresIdempotencyStore(provider.GetRequiredService<PostgresDatabase>()));
        return services.AddSingleton<IProfileList>(provider => new PostgresProfileList(provider.GetRequiredService<PostgresDatabase>()));
    }
}
