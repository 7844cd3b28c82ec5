namespace Chitti.Reports;

/// <summary>
/// The order of a report: what it is, what was found, by which rule, who signs; then, if there are many files, each of them.
/// </summary>
internal static class ReportLayout
{
    public static string TitleOf(ReportDocument document) =>
        string.IsNullOrWhiteSpace(document.Details.Title) ? "Visual inspection report" : document.Details.Title;

    public static PageFlow Compose(ReportDocument document, PictureSources pictures, Typesetter typesetter)
    {
        var composition = new Composition(document, pictures, typesetter);
        TitleSection.Write(composition);
        if (document.Items.Count == 1)
        {
            VerdictSection.WriteBanner(composition, document.Items[0]);
            IdentificationSection.Write(composition);
            VerdictSection.WriteFindings(composition);
            TraceSection.WriteFile(composition, document.Items[0]);
            CriteriaSection.Write(composition);
            StatementSection.Write(composition);
        }
        else
        {
            SummarySection.Write(composition);
            IdentificationSection.Write(composition);
            ListSection.Write(composition);
            TraceSection.WriteModels(composition);
            CriteriaSection.Write(composition);
            StatementSection.Write(composition);
            FileSection.WriteAll(composition);
            PassSection.Write(composition);
        }
        var end = TextStyle.Strong with { Size = 9 };
        composition.Flow.Space(14);
        composition.Flow.Add(new TextBlock(
            [$"— End of report {document.Id} —"], end, (Sheet.Left + Sheet.Right) / 2, align: 0.5f));
        return composition.Flow;
    }
}
