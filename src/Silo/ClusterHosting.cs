using Chitti.Grains;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Silo;

/// <summary>Makes a silo part of a cluster over PostgreSQL and RabbitMQ.</summary>
public static class ClusterHosting
{
    private const string Invariant = "Npgsql";

    /// <summary>Adds membership, grain state, reminders, streams and storage.</summary>
    public static void AddChittiCluster(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<PostgresOptions>(PostgresOptions.Section);
        services.AddSettings<RabbitMqOptions>(RabbitMqOptions.Section);
        services.AddPostgresStorage();
        if (RoleOptions.Read(builder.Configuration).HasFlag(SiloRoles.Core))
        {
            services.AddHostedService<PostgresMigration>();
        }

        builder.UseOrleans(Configure);
    }

    // Reminders and streams also on silos that are only detectors: both are dealt out by a ring of all silos, and what falls
    // to one without them would never be looked at.
    private static void Configure(ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "chitti");
        silo.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> clustering) => clustering.Configure<IOptions<PostgresOptions>>((options, postgres) =>
            (options.Invariant, options.ConnectionString) = (Invariant, postgres.Value.Direct)));
        silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> reminders) => reminders.Configure<IOptions<PostgresOptions>>((options, postgres) =>
            (options.Invariant, options.ConnectionString) = (Invariant, postgres.Value.Postgres)));
        silo.AddAdoNetGrainStorage(StateStorage.Name, (OptionsBuilder<AdoNetGrainStorageOptions> storage) => storage.Configure<IOptions<PostgresOptions>>((options, postgres) =>
        {
            (options.Invariant, options.ConnectionString) = (Invariant, postgres.Value.Postgres);
            options.GrainStorageSerializer = new StateSerializer();
            options.DeleteStateOnClear = true;
        }));
        silo.AddRabbitMqStreams(WorkStreams.Provider, options =>
        {
            options.Namespaces.Add(WorkStreams.FileProcessing);
            options.Namespaces.Add(WorkStreams.ReportGeneration);
        });
        silo.Services.AddOptions<RabbitMqStreamOptions>(WorkStreams.Provider).Configure<IOptions<RabbitMqOptions>, IOptions<WorkOptions>>((options, broker, work) =>
        {
            options.Uri = broker.Value.Uri;

            // As many queues as there are partitions: with fewer, partitions would wait for one another.
            options.QueuesPerNamespace = work.Value.Partitions;
        });
    }
}
