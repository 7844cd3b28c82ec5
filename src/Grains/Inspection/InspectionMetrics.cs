using System.Diagnostics.Metrics;
using Chitti.Domain;

namespace Chitti.Grains;

/// <summary>Metrics of the pipeline. The set of label values is bounded: verdicts and stages.</summary>
internal static class InspectionMetrics
{
    private static readonly Meter _meter = new("Chitti.Grains");

    private static readonly Counter<long> _inspections =
        _meter.CreateCounter<long>("chitti.inspections", description: "Inspections of uploaded files, by verdict.");

    private static readonly Histogram<double> _stages = _meter.CreateHistogram(
        "chitti.inspection.stage", unit: "s", description: "Duration of the stages of an inspection.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30] });

    public static void Count(Inspection inspection)
    {
        _inspections.Add(1, new KeyValuePair<string, object?>("verdict", ApiJson.Word(inspection.Verdict)));
        Record("queue", inspection.Timing.QueueMs);
        Record("decode", inspection.Timing.DecodeMs);
        Record("preprocess", inspection.Timing.PreprocessMs);
        Record("inference", inspection.Timing.InferenceMs);
        Record("postprocess", inspection.Timing.PostprocessMs);
        Record("total", inspection.Timing.TotalMs);
    }

    private static void Record(string stage, double milliseconds) =>
        _stages.Record(milliseconds / 1000, new KeyValuePair<string, object?>("stage", stage));
}
