using Chitti.Gateway;
using Chitti.Grains;
using Chitti.Grains.Abstractions;
using Chitti.ServiceDefaults;
using Chitti.Silo;
using Chitti.Storage;
using Chitti.Storage.Sqlite;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Chitti.Standalone;

/// <summary>The whole system in one process, with nothing to install.</summary>
internal static class StandaloneHosting
{
    private const string OrleansId = "chitti";
    private const string AdoNetInvariant = "System.Data.SQLite";

    /// <summary>Adds gateway and silo in one process.</summary>
    public static void AddStandalone(this IHostApplicationBuilder builder)
    {
        builder.AddChittiGateway();
        builder.AddChittiSilo();
        builder.AddSingleProcess();
        builder.Services.AddHostedService<DefaultProfileCheck>();
    }

    /// <summary>Adds what a silo has in place of a cluster: itself, SQLite, memory streams, a folder of objects.</summary>
    public static void AddSingleProcess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettingsRule<RoleOptions>(options =>
            options.Roles == RoleOptions.All ? null : $"Chitti:Roles is '{options.Roles}': a single process must have all roles.");
        builder.Services.AddFolderStorage();
        builder.UseOrleans(Configure);
        builder.Services.AddHostedService<StandaloneStart>();
    }

    /// <summary>Binds every setting that the program has, for what runs without a host.</summary>
    public static void AddStandaloneSettings(this IServiceCollection services)
    {
        services.AddSettings<ListenOptions>(ListenOptions.Section);
        services.AddGatewaySettings();
        services.AddSiloSettings();
        services.AddSettings<DataOptions>(DataOptions.Section);
    }

    private static void Configure(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(LoopbackPort.FindFree(), gatewayPort: 0, serviceId: OrleansId, clusterId: OrleansId);
        silo.AddAdoNetGrainStorage(StateStorage.Name, (OptionsBuilder<AdoNetGrainStorageOptions> adoNet) => adoNet.Configure<SqliteDatabase>((storage, database) =>
        {
            storage.Invariant = AdoNetInvariant;
            storage.DataSource = database.Writer;
            storage.GrainStorageSerializer = new StateSerializer();
            storage.DeleteStateOnClear = true;
        }));

        silo.Services.TranslateStateStorageOutages(SqliteOutages.Translate);

        // The places of the directory's cache, a million unless told otherwise, are counted once a second for the dashboard;
        // one silo looks in its own directory.
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = 1_000);
        silo.UseInMemoryReminderService();
        silo.AddMemoryStreams(WorkStreams.Provider, streams =>
        {
            // Every queue is asked ten times a second whether there is work; one is enough for one process, since each partition
            // has its own place in the cache.
            streams.ConfigurePartitioning(1);
            streams.ConfigureStreamPubSub(Orleans.Streams.StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling =>
            {
                pulling.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(100);

                // An outage holds its partition until it is over; it must not cost the work its place.
                pulling.MaxEventDeliveryTime = TimeSpan.FromDays(30);
            }));
            streams.ConfigureCacheEviction(cache => cache.Configure(eviction =>
            {
                // Delivered events are only given up by age. One evicted unread, behind an outage of its partition, is
                // missed by its processor, which then has recovery publish what waits.
                eviction.DataMaxAgeInCache = TimeSpan.FromHours(1);
            }));
        });
    }
}
