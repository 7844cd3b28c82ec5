using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>Heading of a file's section: its verdict and name.</summary>
internal sealed class FileStrip : Block
{
    private const float WordWidth = 96;
    private static readonly TextStyle _wordStyle = new(true, 9.5f, Palette.Paper);
    private static readonly TextStyle _nameStyle = new(true, 9, Palette.Ink);
    private readonly Verdict? _verdict;
    private readonly string _name;
    private readonly string _number;

    public FileStrip(Typesetter typesetter, int index, int count, ReportItem item)
        : base(20)
    {
        _verdict = item.Inspection?.Verdict;
        _number = string.Create(CultureInfo.InvariantCulture, $"file {index + 1} of {count}");
        _name = typesetter.Fit(item.FileName, _nameStyle, Sheet.ContentWidth - WordWidth - typesetter.Width(_number, TextStyle.Label) - 28);
    }

    public override void Draw(PageCanvas page, float top)
    {
        page.Fill(new(Sheet.Left, top, Sheet.Right, top + Height), Palette.Band);
        page.Fill(new(Sheet.Left, top, Sheet.Left + WordWidth, top + Height), Palette.Of(_verdict));
        page.Text(VerdictBanner.Word(_verdict), Sheet.Left + (WordWidth / 2), top + 4, _wordStyle, align: 0.5f);
        page.Text(_name, Sheet.Left + WordWidth + 8, top + 4.4f, _nameStyle);
        page.Text(_number, Sheet.Right - 6, top + 5.6f, TextStyle.Label, align: 1);
    }
}
