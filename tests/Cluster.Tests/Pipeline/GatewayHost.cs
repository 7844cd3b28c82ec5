using Chitti.Gateway;
using Chitti.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Chitti.Cluster.Tests;

/// <summary>The gateway of a cluster as its entry point composes it, in this process and on a free port.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app)
    {
        _app = app;
        Http = new() { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(1) };
    }

    /// <summary>Its timeout is for hangs only.</summary>
    public HttpClient Http { get; }

    public static async Task<GatewayHost> StartAsync(ClusterHost cluster)
    {
        var builder = HostProgram.CreateBuilder([], "http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Postgres", cluster.ConnectionString),
            new("Chitti:DataPath", cluster.DataPath),
        ]);
        builder.AddChittiGateway();
        builder.AddChittiClient();
        builder.Logging.ClearProviders();
        var app = builder.BuildValid();
        app.MapChittiGateway();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
