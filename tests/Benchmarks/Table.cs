using System.Globalization;
using System.Text;

namespace Chitti.Benchmarks;

/// <summary>The figures, as a table that is also Markdown.</summary>
internal sealed class Table
{
    private static readonly string[] _head = ["figure", "value", "bar", "met"];
    private readonly List<string[]> _rows = [];

    public static string Format(double value, string unit, int digits = 0) =>
        value.ToString("F" + digits, CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : " " + unit);

    /// <summary>A figure without a bar.</summary>
    public void Add(string figure, string value) => AddRow(figure, value, "", "");

    public void AddAtMost(string figure, double value, double bar, string unit, int digits) =>
        AddRow(figure, Format(value, unit, digits), "<= " + Format(bar, unit, digits), value <= bar ? "yes" : "NO");

    public void AddAtLeast(string figure, double value, double bar, string unit, int digits) =>
        AddRow(figure, Format(value, unit, digits), ">= " + Format(bar, unit, digits), value >= bar ? "yes" : "NO");

    public override string ToString()
    {
        var lines = _rows.Prepend(_head).ToList();
        var widths = Enumerable.Range(0, _head.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        lines.Insert(1, [.. widths.Select(width => new string('-', width))]);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append("| ").AppendJoin(" | ", line.Zip(widths, (cell, width) => cell.PadRight(width))).Append(" |\n");
        }

        return text.ToString();
    }

    private void AddRow(params string[] row)
    {
        _rows.Add(row);
        // A run takes minutes: print each figure as soon as it is known.
        Console.Error.WriteLine($"  {row[0]}: {row[1]}");
    }
}
