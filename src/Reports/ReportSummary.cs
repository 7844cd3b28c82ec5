using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Totals over all files of a report.</summary>
/// <param name="Files">Files of the report.</param>
/// <param name="Pass">Files with this verdict.</param>
/// <param name="Fail">Files with this verdict.</param>
/// <param name="Review">Files with this verdict.</param>
/// <param name="Unreadable">Files without an inspection.</param>
/// <param name="Yield"><paramref name="Pass"/> / <paramref name="Files"/>, 0..1: a file that was not inspected did not pass.</param>
/// <param name="Classes">One entry per class and severity, most severe first, then most indications.</param>
public sealed record ReportSummary(
    int Files, int Pass, int Fail, int Review, int Unreadable, double Yield, IReadOnlyList<ReportSummary.ClassCount> Classes)
{
    public static ReportSummary From(IEnumerable<Inspection?> inspections)
    {
        var verdicts = new int[3];
        var unreadable = 0;
        var classes = new Dictionary<(string, Severity), (int Indications, int Rejected)>();
        foreach (var inspection in inspections)
        {
            if (inspection is null)
            {
                unreadable++;
                continue;
            }
            verdicts[(int)inspection.Verdict]++;
            foreach (var indication in inspection.Indications)
            {
                var count = classes.GetValueOrDefault((indication.Class, indication.Severity));
                classes[(indication.Class, indication.Severity)] =
                    (count.Indications + 1, count.Rejected + (indication.Accepted ? 0 : 1));
            }
        }

        var files = verdicts.Sum() + unreadable;
        var pass = verdicts[(int)Verdict.Pass];
        return new(
            files, pass, verdicts[(int)Verdict.Fail], verdicts[(int)Verdict.Review], unreadable,
            files == 0 ? 0 : Math.Round((double)pass / files, 4),
            [.. classes
                .Select(c => new ClassCount(c.Key.Item1, c.Key.Item2, c.Value.Indications, c.Value.Rejected))
                .OrderByDescending(c => c.Severity).ThenByDescending(c => c.Indications).ThenBy(c => c.Class, StringComparer.Ordinal)]);
    }

    /// <param name="Class">Class name.</param>
    /// <param name="Severity">Severity from the profile.</param>
    /// <param name="Indications">Recorded, rejected or not.</param>
    /// <param name="Rejected">Those that break a criterion.</param>
    public sealed record ClassCount(string Class, Severity Severity, int Indications, int Rejected);
}
