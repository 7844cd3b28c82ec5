using System.Globalization;

namespace Chitti.Reports;

/// <summary>Header and footer of every page.</summary>
internal sealed class PageFrame(ReportDocument document, Typesetter typesetter, int pages)
{
    private const float HeadTop = 30;
    private const float FootTop = Sheet.Height - 40;
    private readonly string _id = $"Report {document.Id}";
    private readonly string _issued = $"Issued {ReportText.Utc(document.IssuedAt)}";
    private readonly string _subject = typesetter.Fit(
        document.Details.SiteName is { } site ? $"{site} · {ReportLayout.TitleOf(document)}" : ReportLayout.TitleOf(document),
        TextStyle.Label, Sheet.ContentWidth - typesetter.Width($"Report {document.Id}", TextStyle.Label) - 20);

    public void Draw(PageCanvas page, int number)
    {
        page.Text(_subject, Sheet.Left, HeadTop, TextStyle.Label);
        page.Text(_id, Sheet.Right, HeadTop, TextStyle.Label, align: 1);
        page.Rule(Sheet.Left, Sheet.Right, HeadTop + 13, Palette.Rule);

        page.Rule(Sheet.Left, Sheet.Right, FootTop - 5, Palette.Rule);
        page.Text(_id, Sheet.Left, FootTop, TextStyle.Label);
        page.Text(_issued, (Sheet.Left + Sheet.Right) / 2 + 40, FootTop, TextStyle.Label, align: 0.5f);
        page.Text(
            string.Create(CultureInfo.InvariantCulture, $"page {number} of {pages}"), Sheet.Right, FootTop, TextStyle.Label, align: 1);
    }
}
