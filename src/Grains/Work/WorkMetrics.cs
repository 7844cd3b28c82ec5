using System.Diagnostics.Metrics;

namespace Chitti.Grains;

/// <summary>Metrics of the work ledger.</summary>
internal static class WorkMetrics
{
    private static readonly Meter _meter = new("Chitti.Work");

    private static int _stuck;

    static WorkMetrics() => _meter.CreateObservableGauge(
        "chitti.work.stuck", () => Volatile.Read(ref _stuck), description: "Files and reports that have been waiting for an outage to end for longer than allowed.");

    public static void SetStuck(int count) => Volatile.Write(ref _stuck, count);
}
