namespace Chitti.Reports;

/// <summary>Title, id, and what the report replaces.</summary>
internal static class TitleSection
{
    public static void Write(Composition composition)
    {
        var (document, typesetter) = (composition.Document, composition.Typesetter);
        foreach (var line in typesetter.Wrap(ReportLayout.TitleOf(document), TextStyle.Title, Sheet.ContentWidth, 3))
        {
            composition.Flow.Add(new TextBlock([line], TextStyle.Title));
        }

        composition.Paragraph($"Report {document.Id}   ·   issued {ReportText.Utc(document.IssuedAt)}");
        if (document.Details.Replaces is { } replaced)
        {
            composition.Paragraph($"This report replaces report {replaced}.", TextStyle.Strong);
        }

        composition.Flow.Space(4);
    }
}
