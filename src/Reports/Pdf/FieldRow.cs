namespace Chitti.Reports;

/// <summary>
/// One row of a field group: the group's name if it is the first, then one or two labels with their values.
/// </summary>
internal sealed class FieldRow(string? group, IReadOnlyList<FieldRow.Part> parts)
    : Block((parts.Max(p => p.Lines.Count) * TextStyle.Body.LineHeight) + (group is null ? 0.8f : GroupGap))
{
    public const float ValuesLeft = Sheet.Left + 92;
    public const float LabelWidth = 84;
    public const float HalfWidth = (Sheet.Right - ValuesLeft) / 2;
    private const float GroupGap = 4.5f;

    public override void Draw(PageCanvas page, float top)
    {
        if (group is not null)
        {
            page.Rule(Sheet.Left, Sheet.Right, top + 1.2f, Palette.Rule, 0.5f);
            top += GroupGap - 0.8f;
            page.Text(group, Sheet.Left, top, TextStyle.Strong);
        }
        foreach (var part in parts)
        {
            page.Text(part.Label, part.Left, top + 0.6f, TextStyle.Label);
            page.Lines(part.Lines, part.Left + (part.Label.Length == 0 ? 0 : LabelWidth), top, part.Style);
        }
    }

    internal sealed record Part(string Label, IReadOnlyList<string> Lines, float Left, TextStyle Style);
}
