using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>What the boxes' colours and lines mean.</summary>
internal static class Legend
{
    public static void Draw(PageCanvas page, float left, float top)
    {
        foreach (var severity in Enum.GetValues<Severity>().Reverse())
        {
            page.Fill(SKRect.Create(left, top + 1.2f, 6, 6), Palette.Of(severity));
            left = Say(page, ApiJson.Word(severity), left + 9, top);
        }

        foreach (var disposition in (ReadOnlySpan<Disposition>)[Disposition.Rejected, Disposition.Review, Disposition.Accepted, Disposition.Ignored])
        {
            page.Frame(SKRect.Create(left, top + 1.4f, 16, 5.6f), Palette.Ink, 1.1f, disposition);
            left = Say(page, ApiJson.Word(disposition), left + 19, top);
        }

        Say(page, "numbers as in the table; the thickest box decides", left, top);
    }

    private static float Say(PageCanvas page, string text, float left, float top)
    {
        page.Text(text, left, top, TextStyle.Small);
        return left + page.Typesetter.Width(text, TextStyle.Small) + 10;
    }
}
