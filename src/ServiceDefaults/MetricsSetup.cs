using Prometheus;

namespace Chitti.ServiceDefaults;

/// <summary>Selects the metrics that are exported to Prometheus.</summary>
internal static class MetricsSetup
{
    // Other meters of the framework and libraries have labels of unbounded cardinality, such as addresses and messages.
    private static readonly string[] _meters =
    [
        "Chitti", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    private static int _done;

    /// <summary>Runs once per process, because the registry is static and tests run several hosts in one process.</summary>
    internal static void Ensure()
    {
        if (Interlocked.Exchange(ref _done, 1) == 1)
        {
            return;
        }

        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true, SuppressMeters = false });
        Metrics.ConfigureMeterAdapter(options => options.InstrumentFilterPredicate = instrument =>
            _meters.Contains(instrument.Meter.Name) || instrument.Meter.Name.StartsWith("Chitti.", StringComparison.Ordinal));
    }
}
