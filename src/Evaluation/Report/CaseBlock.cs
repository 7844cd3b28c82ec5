using Chitti.Reports;
using SkiaSharp;

namespace Chitti.Evaluation;

/// <summary>One worst case: the place, the whole picture, and what went wrong.</summary>
internal sealed class CaseBlock(WorstPicture worst, Typesetter typesetter) : Block(Side + 8)
{
    private const float Side = 128;
    private const int MaxLines = 8;

    public override void Draw(PageCanvas page, float top)
    {
        var left = Sheet.Left;
        foreach (var jpeg in new[] { worst.Detail, worst.Whole }.OfType<byte[]>())
        {
            using var image = SKImage.FromEncodedData(jpeg);
            var scale = Side / Math.Max(image.Width, image.Height);
            var area = SKRect.Create(left, top, image.Width * scale, image.Height * scale);
            page.Canvas.DrawImage(image, area, new SKSamplingOptions(SKFilterMode.Linear));
            page.Frame(area, Palette.Rule, 0.5f);
            left = area.Right + 8;
        }

        if (worst.Whole is null)
        {
            page.Text("The picture can't be drawn.", left, top, TextStyle.Small);
            left += Side;
        }

        var width = Sheet.Right - left;
        var lines = typesetter.Wrap(worst.Case.Statement, TextStyle.Body, width, MaxLines);
        page.Lines(lines, left, top, TextStyle.Body);
        page.Lines(typesetter.Wrap(worst.Case.File, TextStyle.Small, width, 3), left, top + (lines.Count * TextStyle.Body.LineHeight) + 3, TextStyle.Small);
    }
}
