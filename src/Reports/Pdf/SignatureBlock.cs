namespace Chitti.Reports;

/// <summary>Operator and authorising person, with lines for signatures and dates.</summary>
internal sealed class SignatureBlock(string operatorName, string authorisedBy) : Block(74)
{
    public const float Padding = 8;
    public const float NameWidth = (Sheet.ContentWidth / 2) - 100;

    public override void Draw(PageCanvas page, float top)
    {
        page.Frame(new(Sheet.Left, top, Sheet.Right, top + Height), Palette.Rule, 0.8f);
        var text = top + Padding;
        Person(page, "Operator", operatorName, Sheet.Left + Padding, text);
        Person(page, "Authorised by", authorisedBy, (Sheet.Left + Sheet.Right) / 2, text);
    }

    private static void Person(PageCanvas page, string role, string name, float left, float top)
    {
        const float Width = (Sheet.ContentWidth / 2) - (2 * Padding);
        page.Text(role, left, top + 0.6f, TextStyle.Label);
        page.Text(name, left + 64, top, TextStyle.Strong);
        page.Rule(left, left + (Width * 0.62f), top + 42, Palette.Ink);
        page.Rule(left + (Width * 0.68f), left + Width, top + 42, Palette.Ink);
        page.Text("signature", left, top + 44, TextStyle.Small);
        page.Text("date", left + (Width * 0.68f), top + 44, TextStyle.Small);
    }
}
