using Chitti.Detection;
using Chitti.Grains;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Chitti.Silo;

/// <summary>Makes a host a silo of the standalone mode: one process, SQLite, memory streams, a folder of objects.</summary>
public static class SiloHosting
{
    private const string OrleansId = "chitti";

    /// <summary>Adds the silo.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">Where it finds and keeps things.</param>
    /// <param name="work">How work is spread.</param>
    /// <param name="detector">How detection uses this machine.</param>
    /// <param name="shelf">The models to run.</param>
    /// <param name="limits">What an image may be at most.</param>
    public static void AddSilo(
        this IHostApplicationBuilder builder,
        ChittiOptions options,
        WorkOptions work,
        DetectorOptions detector,
        ModelShelf shelf,
        ImageLimits limits)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddStandaloneStorage(options);
        PixelBudget.Process.MaxBytes = detector.DecodedBytes;
        services.AddDetection(shelf, model => new CpuDetectionEngine(model.Model, detector.ToEngineOptions(limits)));
        services.AddGrainServices(options.FontPath, work, limits);

        // Loading the model takes as long as starting the silo: side by side.
        services.AddHostedService<ModelWarmUp>();
        builder.UseOrleans(silo => Configure(silo, work));
        services.AddHostedService<StandaloneStart>();
        services.AddHealthChecks().AddCheck<DetectorHealthCheck>("detector");
    }

    private static void Configure(ISiloBuilder silo, WorkOptions work)
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
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionQuantum = TimeSpan.FromSeconds(15));
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
        silo.AddDashboard(dashboard => dashboard.HideTrace = true);
    }

    private const string AdoNetInvariant = "System.Data.SQLite";
}
