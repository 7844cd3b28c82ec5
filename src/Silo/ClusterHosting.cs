using Chitti.Grains;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Chitti.Storage.Postgres;
using Chitti.Storage.Postgres.Migrations;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Silo;

/// <summary>Makes a silo part of a cluster over PostgreSQL and RabbitMQ.</summary>
public static class ClusterHosting
{
    private const string Invariant = "Npgsql";
    private static readonly TimeSpan _migrationPatience = TimeSpan.FromMinutes(1);

    /// <summary>Adds membership, grain state, reminders, streams and storage.</summary>
    public static void AddChittiCluster(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<PostgresOptions>(PostgresOptions.Section);
        services.AddSettings<RabbitMqOptions>(RabbitMqOptions.Section);
        services.AddClusterStorage();
        services.AddHealthChecks().AddRabbitMqStreams(WorkStreams.Provider);
        if (RoleOptions.Read(builder.Configuration).HasFlag(SiloRoles.Core))
        {
            services.AddHostedService<ClusterStart>();
            services.AddSingleton<DeadLetterRecorder>();
            services.AddSingleton<IDeadLetterObserver>(provider => provider.GetRequiredService<DeadLetterRecorder>());
            services.AddHostedService<DeadLetterCollector>();
        }

        builder.UseOrleans(Configure);
    }

    /// <summary>
    /// Has a silo with the role <c>core</c> bring the database to this program's schema, before it starts. Of several silos one
    /// does it and the others wait.
    /// </summary>
    /// <exception cref="StartFaultException">The database can't be reached or brought there.</exception>
    public static void UpgradePostgres(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<RoleOptions>>().Value.Roles.HasFlag(SiloRoles.Core))
        {
            return;
        }

        try
        {
            PostgresMigrations.Upgrade(app.Services.GetRequiredService<IOptions<PostgresOptions>>().Value.Direct, _migrationPatience);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NpgsqlException or ArgumentException)
        {
            throw new StartFaultException($"{PostgresOptions.Section}:{nameof(PostgresOptions.PostgresDirect)}: {exception.Message}", exception);
        }
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
        silo.Services.TranslateStateStorageOutages(PostgresOutages.Translate);
        silo.AddRabbitMqStreams(WorkStreams.Provider, options =>
        {
            options.Namespaces.Add(WorkStreams.FileProcessing);
            options.Namespaces.Add(WorkStreams.ReportGeneration);
            options.IsOutage = exception => Grains.Abstractions.OutageRule.IsOutage(exception) || Orleans.Streaming.RabbitMQ.OutageRule.IsOutage(exception);
            options.EventId = IdOf;
        });
        silo.Services.AddOptions<RabbitMqStreamOptions>(WorkStreams.Provider).Configure<IOptions<RabbitMqOptions>, IOptions<WorkOptions>>((options, broker, work) =>
        {
            options.Uri = broker.Value.Uri;

            // As many queues as there are partitions: with fewer, partitions would wait for one another.
            options.QueuesPerNamespace = work.Value.Partitions;
        });
    }

    private static string? IdOf(object work) => work switch
    {
        FileUploaded uploaded => uploaded.FileId.ToString(),
        ReportRequested requested => requested.ReportId.ToString(),
        _ => null,
    };
}
