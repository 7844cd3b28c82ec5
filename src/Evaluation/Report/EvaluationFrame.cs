using System.Globalization;
using Chitti.Reports;

namespace Chitti.Evaluation;

/// <summary>Header and footer of every page.</summary>
internal sealed class EvaluationFrame(EvaluationResult result, Typesetter typesetter, int pages)
{
    private const float HeadTop = 30;
    private const float FootTop = Sheet.Height - 40;
    private readonly string _subject = typesetter.Fit($"{EvaluationLayout.Title} · {result.Model.Name} {result.Model.Version} · {result.Truth.Path}", TextStyle.Label, Sheet.ContentWidth);

    public void Draw(PageCanvas page, int number)
    {
        page.Text(_subject, Sheet.Left, HeadTop, TextStyle.Label);
        page.Rule(Sheet.Left, Sheet.Right, HeadTop + 13, Palette.Rule);
        page.Rule(Sheet.Left, Sheet.Right, FootTop - 5, Palette.Rule);
        page.Text($"Made {ReportText.Utc(result.CreatedAt)} by Chitti {result.SoftwareVersion}", Sheet.Left, FootTop, TextStyle.Label);
        page.Text(string.Create(CultureInfo.InvariantCulture, $"page {number} of {pages}"), Sheet.Right, FootTop, TextStyle.Label, align: 1);
    }
}
