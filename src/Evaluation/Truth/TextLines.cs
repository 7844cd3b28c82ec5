using System.Globalization;

namespace Chitti.Evaluation;

/// <summary>The lines of an annotation file in plain text that are not empty, as words.</summary>
internal static class TextLines
{
    private static readonly char[] _separators = [' ', '\t', ','];

    /// <summary>Each line with its number from 1.</summary>
    public static List<(int Number, string[] Words)> Read(string path) =>
    [
        .. File.ReadLines(path).Index()
            .Select(line => (line.Index + 1, line.Item.Trim('\uFEFF').Split(_separators, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Item2.Length > 0),
    ];

    /// <summary>A finite number; null for anything else.</summary>
    public static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number from 0; null for anything else.</summary>
    public static int? Whole(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
