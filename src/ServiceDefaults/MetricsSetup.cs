using Prometheus;

namespace Chitti.ServiceDefaults;

/// <summary>Which of the process's metrics Prometheus gets.</summary>
internal static class MetricsSetup
{
    // The meters of the framework and of libraries label by addresses, messages and the like; these do not.
    private static readonly string[] _meters =
    [
        "Chitti", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    private static int _done;

    /// <summary>The registry belongs to the process: several hosts in one, as in tests, set it up once.</summary>
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
