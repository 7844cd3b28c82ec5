using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>The verdict as a word on its colour, with the rule that decided it.</summary>
internal sealed class VerdictBanner(Verdict? verdict, IReadOnlyList<string> reason, IReadOnlyList<string> decidedBy)
    : Block(Math.Max(44, ((reason.Count + decidedBy.Count) * ReasonStyle.LineHeight) + 18))
{
    public const float TextWidth = Sheet.ContentWidth - WordWidth - 24;
    public static readonly TextStyle ReasonStyle = new(false, 9, Palette.Ink);
    private const float WordWidth = 132;

    public static string Word(Verdict? verdict) => verdict switch
    {
        Verdict.Pass => "PASS",
        Verdict.Fail => "FAIL",
        Verdict.Review => "REVIEW",
        _ => "NOT INSPECTED",
    };

    public override void Draw(PageCanvas page, float top)
    {
        var colour = Palette.Of(verdict);
        var bottom = top + Height;
        var word = new TextStyle(true, verdict is null ? 13 : 24, Palette.Paper);
        page.Fill(new(Sheet.Left, top, Sheet.Left + WordWidth, bottom), colour);
        page.Text(Word(verdict), Sheet.Left + (WordWidth / 2), ((top + bottom) / 2) - (word.Size * 0.66f), word, align: 0.5f);
        page.Frame(new(Sheet.Left, top, Sheet.Right, bottom), colour, 1.2f);
        var text = top + ((Height - ((reason.Count + decidedBy.Count) * ReasonStyle.LineHeight)) / 2);
        page.Lines(reason, Sheet.Left + WordWidth + 12, text, ReasonStyle with { Bold = true });
        page.Lines(decidedBy, Sheet.Left + WordWidth + 12, text + (reason.Count * ReasonStyle.LineHeight), ReasonStyle);
    }
}
