using System.Text.RegularExpressions;
using UglyToad.PdfPig;

namespace Chitti.Grains.Tests.Reports;

/// <summary>The text of a PDF as a reader sees it: letters in drawing order, page by page; comparisons ignore white space.</summary>
internal sealed partial class PdfText(byte[] pdf)
{
    private readonly string[] _pages = Read(pdf);

    public int Count => _pages.Length;

    public string this[int page] => _pages[page];

    public string All => string.Concat(_pages);

    public bool Contains(string text) => All.Contains(Squeeze(text), StringComparison.Ordinal);

    public int Occurrences(string text) => Regex.Count(All, Regex.Escape(Squeeze(text)));

    public static string Squeeze(string text) => White().Replace(text, "");

    private static string[] Read(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(page => Squeeze(page.Text))];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
