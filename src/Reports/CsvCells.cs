using System.Globalization;
using CsvHelper;

namespace Chitti.Reports;

/// <summary>
/// Writes the cells of one row. Text that a spreadsheet would run as a formula is prefixed with an apostrophe.
/// </summary>
internal readonly struct CsvCells(CsvWriter csv)
{
    private static readonly char[] _formulaStarts = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

    public CsvCells Text(string? text)
    {
        csv.WriteField(text is null ? "" : Guard(text));
        return this;
    }

    /// <summary>Writes a number or an id, which is never a formula, so a leading minus needs no apostrophe.</summary>
    public CsvCells Value(IFormattable? value)
    {
        csv.WriteField(value?.ToString(null, CultureInfo.InvariantCulture) ?? "");
        return this;
    }

    public CsvCells Time(DateTimeOffset? time)
    {
        csv.WriteField(time is { } stated ? ReportText.Utc(stated) : "");
        return this;
    }

    internal static string Guard(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.Length > 0 && _formulaStarts.Contains(start[0])
            && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + text
            : text;
    }
}
