using Microsoft.Extensions.Hosting;
using Prometheus;

namespace Chitti.ServiceDefaults;

/// <summary>The adapter listens to meters from the first scrape on; without one at the start it would miss what came before.</summary>
internal sealed class FirstScrape : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Metrics.DefaultRegistry.CollectAndExportAsTextAsync(Stream.Null, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
