using System.Globalization;
using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Yield and verdict counts as tiles, and a bar of their shares.</summary>
internal sealed class SummaryTiles(ReportSummary summary) : Block(68)
{
    private const float Gap = 6;
    private const float TileHeight = 48;

    public override void Draw(PageCanvas page, float top)
    {
        (string Label, string Figure, SKColor Colour)[] tiles =
        [
            ("FILES", Number(summary.Files), Palette.Ink), ("YIELD", ReportText.Percent(summary.Yield), Palette.Ink),
            ("PASS", Number(summary.Pass), Palette.Of(Verdict.Pass)), ("FAIL", Number(summary.Fail), Palette.Of(Verdict.Fail)),
            ("REVIEW", Number(summary.Review), Palette.Of(Verdict.Review)),
            ("NOT INSPECTED", Number(summary.Unreadable), Palette.Unread),
        ];
        var width = (Sheet.ContentWidth - (Gap * (tiles.Length - 1))) / tiles.Length;
        for (var i = 0; i < tiles.Length; i++)
        {
            var left = Sheet.Left + (i * (width + Gap));
            page.Fill(SKRect.Create(left, top, width, TileHeight), Palette.Band);
            page.Fill(SKRect.Create(left, top, width, 3), tiles[i].Colour);
            page.Text(tiles[i].Figure, left + (width / 2), top + 9, new(true, 17, tiles[i].Colour), align: 0.5f);
            page.Text(tiles[i].Label, left + (width / 2), top + 33, TextStyle.ColumnTitle, align: 0.5f);
        }
        DrawShares(page, top + TileHeight + 6);
    }

    private void DrawShares(PageCanvas page, float top)
    {
        var left = Sheet.Left;
        foreach (var (count, colour) in new[]
        {
            (summary.Pass, Palette.Of(Verdict.Pass)), (summary.Review, Palette.Of(Verdict.Review)),
            (summary.Fail, Palette.Of(Verdict.Fail)), (summary.Unreadable, Palette.Unread),
        })
        {
            var width = Sheet.ContentWidth * count / summary.Files;
            page.Fill(SKRect.Create(left, top, width, 8), colour);
            left += width;
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
