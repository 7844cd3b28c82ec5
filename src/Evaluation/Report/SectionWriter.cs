using System.Globalization;
using Chitti.Reports;

namespace Chitti.Evaluation;

/// <summary>Adds the headings, paragraphs and tables of a section to the pages.</summary>
internal sealed class SectionWriter(PageFlow flow, Typesetter typesetter)
{
    public PageFlow Flow => flow;

    public Typesetter Typesetter => typesetter;

    /// <param name="text">The heading.</param>
    /// <param name="with">Height of what must follow on the same page.</param>
    public void Heading(string text, float with)
    {
        flow.Space(6);
        flow.Add(new HeadingBlock(text), with);
    }

    public void Paragraph(string text, TextStyle? style = null)
    {
        foreach (var line in typesetter.Wrap(text, style ?? TextStyle.Body, Sheet.ContentWidth))
        {
            flow.Add(new TextBlock([line], style ?? TextStyle.Body));
        }

        flow.Space(3);
    }

    public void Table(IReadOnlyList<Column> columns, IEnumerable<Cell[]> rows) =>
        flow.AddTable(new TableHeader(columns), rows.Select(cells => new TableRow(typesetter, columns, cells)));

    /// <summary>Plots, two beside each other.</summary>
    public void Plots(IEnumerable<ScottPlot.Plot> plots)
    {
        foreach (var (index, pair) in plots.Chunk(2).Index())
        {
            flow.Space(6);
            flow.Add(new PlotBlock(pair) { Columns = index == 0 ? pair.Length : 2 });
        }
    }

    public static string Percent(double? share) => share is { } given ? ReportText.Percent(Math.Round(given, 4)) : "–";

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
