using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>
/// One indication: number, crop, class, severity, confidence, position, size, area, result. Its height is fixed and its text
/// is formatted only when it is drawn, because a report may have a hundred thousand of them.
/// </summary>
internal sealed class IndicationRow(int item, Inspection inspection, Indication indication, double? millimetresPerPixel, float height)
    : Block(height)
{
    public const float Compact = 32;
    public const float Roomy = 42;

    public static readonly IReadOnlyList<Column> Columns =
    [
        new("No.", 24), new("Picture", 56), new("Class", 92), new("Severity", 46), new("Confi-\ndence", 38, Right: true),
        new("Position x, y\nof top left corner", 77), new("Size w × h", 77), new("Area", 48), new("Result", 53.28f),
    ];

    public override IEnumerable<int> Pictures => [item];

    public override void Draw(PageCanvas page, float top)
    {
        var (box, decides) = (indication.Box, indication.Number == inspection.DecidedBy);
        var left = Sheet.Left;
        var cells = new Cells(page, top + 4);
        cells.Put(Columns[0], ref left, TextStyle.Strong, indication.Number.ToString(CultureInfo.InvariantCulture));
        PictureDrawing.DrawCrop(
            page, page.Picture(item), indication, new(left + 2, top + 2, left + Columns[1].Width - 4, top + Height - 2));
        left += Columns[1].Width;
        cells.Wrap(Columns[2], ref left, indication.Class, (int)((Height - 8) / TextStyle.Body.LineHeight));
        cells.Put(Columns[3], ref left, TextStyle.Strong with { Color = Palette.Of(indication.Severity) }, ReportText.SeverityOf(indication.Severity));
        cells.Put(Columns[4], ref left, TextStyle.Body, ReportText.Number(indication.Confidence, "0.000"));
        var mm = millimetresPerPixel;
        cells.Put(Columns[5], ref left, TextStyle.Body, Pair(box.X, ", ", box.Y, "px"), mm is { } a ? Pair(box.X * a, ", ", box.Y * a, "mm") : null);
        cells.Put(Columns[6], ref left, TextStyle.Body, Pair(box.Width, " × ", box.Height, "px"), mm is { } b ? Pair(box.Width * b, " × ", box.Height * b, "mm") : null);
        cells.Put(Columns[7], ref left, TextStyle.Body, Measure(box.Area(), "px²"), mm is { } c ? Measure(box.Area() * c * c, "mm²") : null);
        cells.Put(
            Columns[8], ref left, Style(indication.Disposition), ApiJson.Word(indication.Disposition), decides ? "decides" : null);
        page.Rule(Sheet.Left, Sheet.Right, top + Height, Palette.Rule, 0.4f);
    }

    private static TextStyle Style(Disposition disposition) => disposition switch
    {
        Disposition.Rejected => TextStyle.Strong with { Color = Palette.Of(Verdict.Fail) },
        Disposition.Review => TextStyle.Strong with { Color = Palette.Of(Verdict.Review) },
        _ => TextStyle.Body,
    };

    private static string Pair(double first, string between, double second, string unit) =>
        Figure(first, unit) + between + Figure(second, unit) + " " + unit;

    private static string Measure(double value, string unit) => Figure(value, unit) + " " + unit;

    /// <summary>To a tenth of a pixel or a thousandth of a millimetre, which is the order of calibrations.</summary>
    private static string Figure(double value, string unit) => unit switch
    {
        "px" => ReportText.Number(value, "0.0"),
        "px²" => ReportText.Number(value, "0"),
        _ => ReportText.Number(value, "0.000"),
    };

    private readonly struct Cells(PageCanvas page, float top)
    {
        private const float Padding = TableHeader.Padding;

        public void Put(Column column, ref float left, TextStyle style, string text, string? second = null)
        {
            var x = column.Right ? left + column.Width - Padding : left + Padding;
            var width = column.Width - Padding - 1;
            var fitting = page.Typesetter.Width(text, style) <= width ? style : style with { Size = 6.2f };
            page.Text(page.Typesetter.Fit(text, fitting, width), x, top, fitting, column.Right ? 1 : 0);
            if (second is not null)
            {
                var small = TextStyle.Label with { Size = page.Typesetter.Width(second, TextStyle.Label) <= width ? TextStyle.Label.Size : 5.6f };
                page.Text(page.Typesetter.Fit(second, small, width), x, top + 11, small, column.Right ? 1 : 0);
            }
            left += column.Width;
        }

        public void Wrap(Column column, ref float left, string text, int maxLines)
        {
            page.Lines(page.Typesetter.Wrap(text, TextStyle.Body, column.Width - (2 * Padding), maxLines), left + Padding, top, TextStyle.Body);
            left += column.Width;
        }
    }
}
