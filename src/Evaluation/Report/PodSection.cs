using Chitti.Reports;
using static Chitti.Evaluation.SectionWriter;

namespace Chitti.Evaluation;

/// <summary>The part of the report about the probability of detection.</summary>
internal static class PodSection
{
    private const string AllClasses = "all classes";

    public static void Write(EvaluationResult result, SectionWriter writer)
    {
        var pod = result.Pod;
        writer.Heading("From which size on defects are found", 120);
        writer.Paragraph("Probability of detection (POD), hit/miss (MIL-HDBK-1823A, ASTM E2862). a50 and a90: the size that is found in half of the cases and in 9 of 10, as far as these defects show. a90/95: the size from which on 9 of 10 are found, with 95 % confidence, by the likelihood ratio and by Wald's method: accept by the larger.");
        writer.Paragraph($"{pod.Definition} {pod.Calibration?.Statement ?? PodCalibration.None}", TextStyle.Label);
        foreach (var remark in pod.Remarks)
        {
            writer.Paragraph($"Note: {remark}", TextStyle.Label);
        }

        var shown = pod.Classes.Where(one => one.Pod.Pixels.Targets > 0).ToList();
        List<Column> columns =
        [
            new("Class", 76), new("Found", 62, Right: true), new("a50", 50, Right: true), new("a90", 50, Right: true), new("a90/95", 50, Right: true),
            new("a90/95\n(Wald)", 50, Right: true), new("Remarks, or why there is no curve", Sheet.ContentWidth - 338),
        ];
        writer.Table(columns, [Row(AllClasses, pod.AllClasses), .. shown.Where(_ => pod.Classes.Count > 1).Select(one => Row(one.Class, one.Pod))]);
        writer.Plots(PlotsOf(result, shown));
    }

    private static IEnumerable<ScottPlot.Plot> PlotsOf(EvaluationResult result, List<PodClass> shown)
    {
        if (result.Pod.AllClasses.Pixels.Targets >= PodAnalysis.MinTargets)
        {
            yield return PodPlot.Draw(AllClasses, result.Pod.AllClasses.Pixels, result.Defects);
        }

        // Where a curve levels off, the plot shows which misses to look at. Otherwise nothing is to be seen without a curve.
        foreach (var one in shown.Where(one => result.Pod.Classes.Count > 1 && one.Pod.Pixels is { Fit: not null } or { Refusal.Reason: PodRefusalReason.LevelsOff })
            .OrderByDescending(one => one.Pod.Pixels.Fit is not null).ThenByDescending(one => one.Pod.Pixels.Targets).Take(EvaluationPlots.MaxClasses))
        {
            yield return PodPlot.Draw(one.Class, one.Pod.Pixels, result.Defects.Where(defect => defect.Class == one.Class));
        }
    }

    private static Cell[] Row(string name, PodResult pod)
    {
        var (pixels, millimetres) = (pod.Pixels.Fit, pod.Millimetres?.Fit);
        return
        [
            name, Text($"{pod.Pixels.Hits} of {pod.Pixels.Targets}"), Size(fit => fit.A50), Size(fit => fit.A90), Size(fit => fit.A9095), Size(fit => fit.A9095Wald),
            Cell.Of(Remarks(pod.Pixels), TextStyle.Small),
        ];

        string Size(Func<PodFit, PodSize> size) => pixels is null || size(pixels).Value is not { } value ? "–"
            : Text($"{value:0.0} px") + (millimetres is not null && size(millimetres).Value is { } length ? Text($"\n{length:0.000} mm") : "");
    }

    private static string Remarks(PodOutcome outcome) => outcome.Fit is not { } fit ? $"No curve: {outcome.Refusal!.Message}." : string.Join("\n",
    [
        .. new (string Name, PodSize Size)[] { ("a50", fit.A50), ("a90", fit.A90), ("a90/95", fit.A9095), ("a90/95 (Wald)", fit.A9095Wald) }
            .Where(one => one.Size.Value is null).GroupBy(one => one.Size.Reason).Select(same => $"{string.Join(", ", same.Select(one => one.Name))}: {same.Key}."),
        .. fit.Remarks.Select(remark => $"Note: {remark}."),
    ]);
}
