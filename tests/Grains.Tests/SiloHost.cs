using Chitti.Detection;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Silo;
using Chitti.Standalone;
using Chitti.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chitti.Grains.Tests;

/// <summary>A silo of the standalone mode on a data folder of its own, with engines of the test's choosing.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _killed;

    private SiloHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IFileStore Files => Services.GetRequiredService<IFileStore>();

    public IWorkLedger Ledger => Services.GetRequiredService<IWorkLedger>();

    public IReportStore Reports => Services.GetRequiredService<IReportStore>();

    public IInspectionStore Inspections => Services.GetRequiredService<IInspectionStore>();

    public IProfileList Profiles => Services.GetRequiredService<IProfileList>();

    public IObjectStore Objects => Services.GetRequiredService<IObjectStore>();

    public IDetectorGrain Detector => Grains.GetGrain<IDetectorGrain>(
        DetectorKey.Create(Services.GetRequiredService<ILocalSiloDetails>().Name, "cpu"));

    /// <param name="data">The data folder; give the same again to restart.</param>
    /// <param name="engine">Stands in for every model's engine.</param>
    /// <param name="configure">Replaces services.</param>
    public static async Task<SiloHost> StartAsync(TempFolder data, IDetectionEngine engine, Action<IServiceCollection>? configure = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("Chitti:DataPath", data.Path)]);
        builder.AddChittiSilo();
        builder.AddSingleProcess();
        builder.Logging.ClearProviders();

        // Read once for all tests.
        builder.Services.RemoveAll<IValidateOptions<ModelOptions>>();
        builder.Services.AddSingleton(TestModels.Shelf);
        builder.Services.AddSingleton(_ => new DetectionEngines(TestModels.Shelf, _ => engine));
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await ((IAsyncDisposable)host).DisposeAsync();
            throw;
        }

        return new(host);
    }

    /// <summary>Ends the silo without letting its work end, as near to a crash as one process can come.</summary>
    public async Task KillAsync()
    {
        _killed = true;
        try
        {
            await _host.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // That is what was asked for.
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_killed)
        {
            await _host.StopAsync();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
    }
}
