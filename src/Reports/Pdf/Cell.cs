namespace Chitti.Reports;

/// <summary>The content of a table cell: text, the page of an item's section, or an item's picture.</summary>
internal sealed record Cell
{
    public string Text { get; private init; } = "";

    public TextStyle Style { get; private init; } = TextStyle.Body;

    /// <summary>The item whose section the cell links to.</summary>
    public int? Section { get; private init; }

    /// <summary>The item whose picture the cell shows.</summary>
    public int? Picture { get; private init; }

    public static implicit operator Cell(string text) => new() { Text = text };

    public static Cell Of(string text, TextStyle style) => new() { Text = text, Style = style };

    public static Cell PageOf(int item) => new() { Section = item, Style = TextStyle.Body with { Color = Palette.Link } };

    public static Cell PictureOf(int item) => new() { Picture = item };
}
