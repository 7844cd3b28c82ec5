using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chitti.Storage.Postgres;

/// <summary>Registers PostgreSQL as the database.</summary>
public static class PostgresStorageServices
{
    /// <summary>Adds all storage interfaces except the object store, on one data source.</summary>
    /// <param name="services">The services.</param>
    /// <param name="open">Creates the data source. Called once; the container disposes of it.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> open)
    {
        // Registered with factories, so that tests can wrap the instances to inject errors.
        services.AddSingleton(open);
        services.AddSingleton(provider => new PostgresDatabase(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<IDatabaseProbe>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddSingleton<IDatabasePairing>(provider => new PostgresPairing(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IFileStore>(provider => new PostgresFileStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IWorkLedger>(provider => new PostgresWorkLedger(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IReportStore>(provider => new PostgresReportStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IInspectionStore>(provider => new PostgresInspectionStore(provider.GetRequiredService<PostgresDatabase>()));
        services.AddSingleton<IIdempotencyStore>(provider => new PostgresIdempotencyStore(provider.GetRequiredService<PostgresDatabase>()));
        return services.AddSingleton<IProfileList>(provider => new PostgresProfileList(provider.GetRequiredService<PostgresDatabase>()));
    }
}
