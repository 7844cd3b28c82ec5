namespace Chitti.Reports;

/// <summary>What the sections of a report share: the document, its summary, and the pages to write to.</summary>
internal sealed class Composition(ReportDocument document, PictureSources pictures, Typesetter typesetter)
{
    public ReportDocument Document => document;

    public PictureSources Pictures => pictures;

    public Typesetter Typesetter => typesetter;

    public ReportSummary Summary { get; } = ReportSummary.From(document.Items.Select(i => i.Inspection));

    public IReadOnlyList<UsedProfile> Profiles { get; } = UsedProfile.DistinctOf(document.Items);

    public PageFlow Flow { get; } = new();

    /// <param name="text">The heading.</param>
    /// <param name="with">Height of what must follow on the same page.</param>
    public void Heading(string text, float with = 40)
    {
        Flow.Space(6);
        Flow.Add(new HeadingBlock(text), with);
    }

    public void Paragraph(string text, TextStyle? style = null, float left = Sheet.Left)
    {
        style ??= TextStyle.Body;
        foreach (var line in typesetter.Wrap(text, style, Sheet.Right - left))
        {
            Flow.Add(new TextBlock([line], style, left));
        }

        Flow.Space(3);
    }

    public void Table(IReadOnlyList<Column> columns, IEnumerable<Cell[]> rows) =>
        Flow.AddTable(new TableHeader(columns), rows.Select(cells => new TableRow(typesetter, columns, cells)));
}
