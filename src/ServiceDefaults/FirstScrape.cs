using Microsoft.Extensions.Hosting;
using Prometheus;

namespace Chitti.ServiceDefaults;

/// <summary>Scrapes once at start, because the adapter listens to meters only from the first scrape on and would miss earlier values.</summary>
internal sealed class FirstScrape : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Metrics.DefaultRegistry.CollectAndExportAsTextAsync(Stream.Null, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
