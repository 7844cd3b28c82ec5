using Chitti.Evaluation;
using static Chitti.Standalone.EvaluateConsole;

namespace Chitti.Standalone;

/// <summary>The probability of detection on the console: a line per class.</summary>
internal static class PodConsole
{
    public static IEnumerable<string> Lines(PodFigures pod)
    {
        if (pod.AllClasses.Pixels.Targets == 0)
        {
            yield break;
        }

        yield return Invariant($"POD        size from which on 9 of 10 defects are found (a90), and with 95 % confidence (a90/95). {pod.Calibration?.Statement}");
        foreach (var remark in pod.Remarks)
        {
            yield return Invariant($"note: {remark}");
        }

        yield return Line("all classes", pod.AllClasses);
        foreach (var one in pod.Classes.Where(one => one.Pod.Pixels.Targets > 0 && pod.Classes.Count > 1))
        {
            yield return Line(one.Class, one.Pod);
        }
    }

    private static string Line(string name, PodResult pod)
    {
        var outcome = pod.Pixels;
        return Invariant($"  {name,-16} {outcome.Hits} of {outcome.Targets} found, {(outcome.Fit is { } fit ? Figures(fit, pod.Millimetres?.Fit) : Reason(outcome.Refusal!.Reason))}");
    }

    private static string Figures(PodFit fit, PodFit? millimetres)
    {
        var length = millimetres?.A9095.Value is { } mm ? Invariant($", {mm:0.000} mm") : "";
        return $"a50 {Size(fit.A50)}, a90 {Size(fit.A90)}, a90/95 {Size(fit.A9095)}{length} (Wald {Size(fit.A9095Wald)})";
    }

    // What to do about it is in the report.
    private static string Size(PodSize size) => size.Value is { } value ? Invariant($"{value:0.0} px") : size.Reason!.Split(':')[0];

    /// <summary>The report has the reason with its figures.</summary>
    private static string Reason(PodRefusalReason reason) => "no curve: " + reason switch
    {
        PodRefusalReason.TooFewTargets => Invariant($"at least {PodAnalysis.MinTargets} are needed"),
        PodRefusalReason.AllHit => "nothing shows where detection begins to fail; smaller ones are needed",
        PodRefusalReason.AllMissed => "larger ones are needed",
        PodRefusalReason.OneSize => "they have one size; smaller and larger ones are needed",
        PodRefusalReason.Separated => "one size divides found from missed; more of about that size are needed",
        PodRefusalReason.NoEffectOfSize => "larger ones are not found more often, beyond chance",
        _ => "it levels off below 100 %, because large ones are missed: see the report",
    };
}
