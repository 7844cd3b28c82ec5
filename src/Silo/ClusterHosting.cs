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

/// <summary>Makes a silo a member of a cluster on PostgreSQL and RabbitMQ.</summary>
public static class ClusterHosting
{
    private const string Invariant = "Npgsql";
    private static readonly TimeSpan _migrationTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Adds membership, grain state, reminders, streams and storage.</summary>
    public static void AddChittiCluster(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<PostgresOptions>(PostgresOptions.Section);
        services.AddSettings<RabbitMqOptions>(RabbitMqOptions.Section);
        services.AddClusterStorage();
        services.AddPairing(_ => new("in PostgreSQL", "chitti-silo recover"));
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
    /// Migrates the database to this program's schema, if the silo has the role <c>core</c>. Call it before the silo starts. Of
    /// several silos one migrates, and the others wait for it.
    /// </summary>
    /// <exception cref="StartFaultException">The database can't be reached or migrated.</exception>
    public static void UpgradePostgres(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<RoleOptions>>().Value.Roles.HasFlag(SiloRoles.Core))
        {
            return;
        }

        try
        {
            PostgresMigrations.Upgrade(app.Services.GetRequiredService<IOptions<PostgresOptions>>().Value.Direct, _migrationTimeout);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NpgsqlException or ArgumentException)
        {
            throw new StartFaultException($"{PostgresOptions.Section}:{nameof(PostgresOptions.PostgresDirect)}: {exception.Message}", exception);
        }
    }

    // Reminders and streams are also needed on silos that only detect: both are assigned over a ring of all silos, and the
    // share of a silo without them would never be processed.
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
        silo.Services.TranslateStateStorageOutages(_ => PostgresOutages.Translate);
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

            // One queue per partition, because partitions that share a queue would wait for one another.
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
