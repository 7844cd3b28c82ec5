using System.Collections.Concurrent;
using Chitti.Detection;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Chitti.Grains.Tests;

/// <summary>Silos in this process: one with all grains except detectors, the others with a detector whose engine the test can observe.</summary>
internal sealed class DetectorCluster : IAsyncDisposable
{
    private readonly TempFolder _objects = new();
    private readonly ConcurrentDictionary<string, FakeEngine> _engines = new(StringComparer.Ordinal);
    private readonly string _core;

    private DetectorCluster(int detectors, bool withCore)
    {
        var builder = new InProcessTestClusterBuilder((short)(detectors + (withCore ? 1 : 0)));
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureClient(client =>
        {
            // A minute each by default, which every test would wait for.
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
            client.Configure<TypeManagementOptions>(types => types.TypeMapRefreshInterval = TimeSpan.FromSeconds(1));
        });
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddMemoryGrainStorage(StateStorage.Name, storage => storage.GrainStorageSerializer = new StateSerializer());
            var services = silo.Services;
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<IObjectStore>(new FolderObjectStore(new() { Root = _objects.Path }));
            services.TryAddSingleton<DetectorChoice>();
            DetectorPlacement.AddTo(services);
            if (options.SiloName != _core)
            {
                services.AddSingleton(TestModels.Shelf);
                services.AddSingleton(_ => new DetectionEngines(TestModels.Shelf, _ => EngineOf(options.SiloName)));
                services.AddSingleton(new ImageDecoders());
                services.AddDetection();
                services.RemoveAll<IValidateOptions<ModelOptions>>();
                services.PostConfigure<GrainTypeOptions>(
                    types => types.Classes.RemoveWhere(grain => grain.Assembly == typeof(DetectorPlacement).Assembly));
            }
        });
        Cluster = builder.Build();
        _core = InProcessTestSiloSpecificOptions.Create(Cluster, Cluster.Options, instanceNumber: withCore ? 0 : detectors).SiloName;
    }

    public InProcessTestCluster Cluster { get; }

    public IGrainFactory Grains => Cluster.Client;

    public InProcessSiloHandle Core => Cluster.Silos.Single(silo => silo.Name == _core);

    public IReadOnlyList<InProcessSiloHandle> Detectors => [.. Cluster.Silos.Where(silo => silo.Name != _core)];

    /// <summary>As in a gateway: in the client's process, with its own list.</summary>
    public DetectorChoice Choice => field ??= new(Grains, TimeProvider.System);

    /// <param name="detectors">Silos with a detector.</param>
    /// <param name="withCore">False to start the core silo later.</param>
    public static async Task<DetectorCluster> StartAsync(int detectors, bool withCore = true)
    {
        var cluster = new DetectorCluster(detectors, withCore);
        await cluster.Cluster.DeployAsync();
        return cluster;
    }

    public FakeEngine EngineOf(InProcessSiloHandle silo) => EngineOf(silo.Name);

    public static string KeyOf(InProcessSiloHandle silo) => DetectorKey.Create(silo.Name, "cpu");

    public static InspectionOrder Order(string? modelId = null) => new()
    {
        Sha256 = new('0', 64),
        Profile = new() { Reference = new("board", 1), CreatedAt = Samples.Accepted, Profile = Given.Profile() },
        ModelOverride = modelId,
    };

    public static Task<InspectionReply> InspectAsync(DetectorChoice choice, string? modelId = null)
    {
        var order = Order(modelId);
        return choice.CallAsync(order.ModelId, detector => detector.InspectAsync(new([1]), order));
    }

    /// <summary>Waits until exactly these detectors are listed.</summary>
    public Task WhenListedAsync(params InProcessSiloHandle[] silos) => Eventually.GetAsync(
        async () => (await Grains.GetGrain<IDetectorDirectoryGrain>(0).ListAsync()).Select(detector => detector.Key).ToList(),
        keys => keys.SequenceEqual(silos.Select(KeyOf).Order(StringComparer.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _objects.Dispose();
    }

    private FakeEngine EngineOf(string silo) => _engines.GetOrAdd(silo, _ => FakeEngine.Finding());
}
