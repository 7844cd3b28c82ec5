using System.Data.Common;
using Chitti.Grains.Abstractions;
using Chitti.Inference;
using Chitti.Silo;
using Chitti.Standalone;
using Chitti.Storage.Sqlite;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains.Tests;

/// <summary>A standalone silo with its own data folder, and with engines that the test provides.</summary>
internal sealed class SiloHost : TestHost
{
    private readonly IHost _host;
    private readonly StreamOutage _streams;
    private bool _killed;

    private SiloHost(IHost host, StreamOutage streams) => (_host, _streams) = (host, streams);

    public override IServiceProvider Services => _host.Services;

    public IDetectorGrain Detector => Grains.GetGrain<IDetectorGrain>(
        DetectorKey.Create(Services.GetRequiredService<ILocalSiloDetails>().Name, "cpu"));

    /// <param name="data">The data folder; pass the same one again to restart.</param>
    /// <param name="engine">Replaces the engine of every model.</param>
    /// <param name="configure">Replaces services.</param>
    public static async Task<SiloHost> StartAsync(TempFolder data, IDetectionEngine engine, Action<IServiceCollection>? configure = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("Chitti:DataPath", data.Path)]);
        builder.AddChittiSilo();
        builder.AddSingleProcess();
        builder.Logging.ClearProviders();
        AddEngine(builder.Services, engine);
        var streams = new StreamOutage();
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(streams);
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

        return new(host, streams);
    }

    public override async Task<DbConnection> OpenDatabaseAsync() => await Services.GetRequiredService<SqliteDatabase>().Writer.OpenConnectionAsync();

    public override async Task PassAsync(TimeSpan time)
    {
        await using var connection = await OpenDatabaseAsync();
        await connection.ExecuteAsync("""
            UPDATE work SET lease_until = lease_until - @time, published_at = published_at - @time, due_at = due_at - @time,
                outage_since = outage_since - @time
            """, new { time = (long)time.TotalMilliseconds });
    }

    public override Task StopStreamsAsync()
    {
        _streams.Begin();
        return Task.CompletedTask;
    }

    public override Task StartStreamsAsync()
    {
        _streams.End();
        return Task.CompletedTask;
    }

    /// <summary>Stops the silo without letting it finish its work, as close to a crash as one process can get.</summary>
    public override async Task KillAsync()
    {
        _killed = true;
        try
        {
            await _host.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // The stop was to be abrupt.
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_killed)
        {
            await _host.StopAsync();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
    }
}
