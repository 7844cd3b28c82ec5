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

/// <summary>Runs the whole system in one process, without a database server or broker.</summary>
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

    /// <summary>Adds localhost clustering, SQLite, memory streams and a folder of objects, instead of a cluster.</summary>
    public static void AddSingleProcess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettingsRule<RoleOptions>(options =>
            options.Roles == RoleOptions.All ? null : $"Chitti:Roles is '{options.Roles}': a single process must have all roles.");
        builder.Services.AddFolderStorage();
        builder.Services.AddPairing(provider => FolderStorage.Advice(provider.GetRequiredService<IOptions<DataOptions>>().Value));
        builder.UseOrleans(Configure);
        builder.Services.AddHostedService<StandaloneStart>();
    }

    /// <summary>Binds all settings of the program, for commands that run without a host.</summary>
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

        silo.Services.TranslateStateStorageOutages(provider => provider.GetRequiredService<SqliteDatabase>().Translate);

        // The dashboard counts the slots of this cache every second, a million by default. A single silo does not need the
        // cache, because it has the whole directory.
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = 1_000);
        silo.UseInMemoryReminderService();
        silo.AddMemoryStreams(WorkStreams.Provider, streams =>
        {
            // One queue is enough, because each partition has its own cursor in the cache, and every queue is polled ten times a
            // second.
            streams.ConfigurePartitioning(1);
            streams.ConfigureStreamPubSub(Orleans.Streams.StreamPubSubType.ImplicitOnly);
            streams.ConfigurePullingAgent(agent => agent.Configure(pulling =>
            {
                pulling.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(100);

                // An outage holds its partition until it is over. If Orleans gave up earlier, it would skip the event.
                pulling.MaxEventDeliveryTime = TimeSpan.FromDays(30);
            }));
            streams.ConfigureCacheEviction(cache => cache.Configure(eviction =>
            {
                // Events are evicted by age only. If an event is evicted before delivery because an outage holds its
                // partition, the processor gets an error and recovery publishes the waiting files again.
                eviction.DataMaxAgeInCache = TimeSpan.FromHours(1);
            }));
        });
    }
}
