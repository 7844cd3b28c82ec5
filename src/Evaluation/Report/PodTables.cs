using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Evaluation;

/// <summary>The rows of the tables about the probability of detection: a row per class and unit, and the points of the curves.</summary>
internal static class PodTables
{
    public static readonly string[] Header =
    [
        "scope", "class", "unit", "targets", "hits", "smallest", "largest", "a50", "a90", "a90_95", "a90_95_wald", "b0", "b1",
        "asymptote_p", "refusal", "reason", "remarks",
    ];

    public static readonly string[] CurveHeader = ["scope", "class", "unit", "size", "pod", "lower", "upper", "lower_wald", "upper_wald"];

    public static IEnumerable<Action<CsvCells>> Rows(PodFigures pod) => Outcomes(pod).Select(one => (Action<CsvCells>)(cells =>
    {
        var (outcome, fit) = (one.Outcome, one.Outcome.Fit);
        cells.Text(one.Scope).Text(one.Class).Text(outcome.Unit).Value(outcome.Targets).Value(outcome.Hits).Value(outcome.Smallest).Value(outcome.Largest)
            .Value(fit?.A50.Value).Value(fit?.A90.Value).Value(fit?.A9095.Value).Value(fit?.A9095Wald.Value).Value(fit?.B0).Value(fit?.B1).Value(fit?.Asymptote.PValue)
            .Text(outcome.Refusal is { } refusal ? ApiJson.Word(refusal.Reason) : null).Text(ReasonOf(outcome)).Text(string.Join("; ", fit?.Remarks ?? []));
    }));

    public static IEnumerable<Action<CsvCells>> Curves(PodFigures pod) => Outcomes(pod).SelectMany(one => (one.Outcome.Fit?.Curve ?? []).Select(point => (Action<CsvCells>)(cells =>
        cells.Text(one.Scope).Text(one.Class).Text(one.Outcome.Unit).Value(point.Size).Value(point.Pod).Value(point.Lower).Value(point.Upper).Value(point.LowerWald).Value(point.UpperWald))));

    private static string? ReasonOf(PodOutcome outcome) => outcome.Refusal?.Message
        ?? (outcome.Fit is { } fit ? string.Join("; ", new[] { fit.A50, fit.A90, fit.A9095, fit.A9095Wald }.Select(size => size.Reason).OfType<string>().Distinct(StringComparer.Ordinal)) : null);

    private static IEnumerable<(string Scope, string? Class, PodOutcome Outcome)> Outcomes(PodFigures pod)
    {
        IEnumerable<(string Scope, string? Class, PodResult Pod)> all = [("all", null, pod.AllClasses), .. pod.Classes.Select(one => ("class", (string?)one.Class, one.Pod))];
        return all.SelectMany(one => new[] { one.Pod.Pixels, one.Pod.Millimetres }.OfType<PodOutcome>().Select(outcome => (one.Scope, one.Class, outcome)));
    }
}
