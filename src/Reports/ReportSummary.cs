using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Totals over all files of a report.</summary>
/// <param name="Files">Files of the report.</param>
/// <param name="Pass">Files with this verdict.</param>
/// <param name="Fail">Files with this verdict.</param>
/// <param name="Review">Files with this verdict.</param>
/// <param name="Unreadable">Files without an inspection.</param>
/// <param name="Yield"><paramref name="Pass"/> / <paramref name="Files"/>, 0..1: a file that was not inspected did not pass.</param>
/// <param name="Classes">One entry per class and severity, most severe first, then most indications; those of no severity last.</param>
public sealed record ReportSummary(
    int Files, int Pass, int Fail, int Review, int Unreadable, double Yield, IReadOnlyList<ReportSummary.ClassCount> Classes)
{
    public static ReportSummary From(IEnumerable<Inspection?> inspections)
    {
        var verdicts = new int[3];
        var unreadable = 0;
        var classes = new Dictionary<(string Class, Severity? Severity), int[]>();
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
                if (!classes.TryGetValue((indication.Class, indication.Severity), out var counts))
                {
                    classes[(indication.Class, indication.Severity)] = counts = new int[Enum.GetValues<Disposition>().Length];
                }

                counts[(int)indication.Disposition]++;
            }
        }

        var files = verdicts.Sum() + unreadable;
        var pass = verdicts[(int)Verdict.Pass];
        return new(
            files, pass, verdicts[(int)Verdict.Fail], verdicts[(int)Verdict.Review], unreadable,
            files == 0 ? 0 : Math.Round((double)pass / files, 4),
            [.. classes
                .Select(c => new ClassCount(
                    c.Key.Class, c.Key.Severity, c.Value.Sum(), c.Value[(int)Disposition.Rejected], c.Value[(int)Disposition.Review],
                    c.Value[(int)Disposition.Accepted], c.Value[(int)Disposition.Ignored]))
                .OrderByDescending(c => c.Severity).ThenByDescending(c => c.Indications).ThenBy(c => c.Class, StringComparer.Ordinal)]);
    }

    /// <param name="Class">Class name.</param>
    /// <param name="Severity">Severity from the profile; null if it does not judge the class.</param>
    /// <param name="Indications">All that were recorded: the sum of the following.</param>
    /// <param name="Rejected">Those that break a criterion.</param>
    /// <param name="Review">Those that a person must judge.</param>
    /// <param name="Accepted">Those that break none.</param>
    /// <param name="Ignored">Those of a class that does not count.</param>
    public sealed record ClassCount(string Class, Severity? Severity, int Indications, int Rejected, int Review, int Accepted, int Ignored);
}
