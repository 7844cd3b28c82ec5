using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>The annotated image with its legend.</summary>
internal sealed class PictureBlock(int item, Inspection? inspection, float height) : Block(height)
{
    private const float LegendHeight = 24;

    public override IEnumerable<int> Pictures => [item];

    /// <summary>Height at which the picture fills the width, at most the allowed one.</summary>
    public static float HeightFor(ReportItem item, float allowed)
    {
        var aspect = item is { Width: > 0, Height: > 0 } ? (float)item.Height / item.Width : 0.4f;
        return Math.Min((Sheet.ContentWidth * aspect) + LegendHeight, allowed);
    }

    public override void Draw(PageCanvas page, float top)
    {
        var picture = page.Picture(item);
        var frame = new SKRect(Sheet.Left, top, Sheet.Right, top + Height - LegendHeight);
        var area = picture.DrawWhole(page, frame);
        if (area.IsEmpty)
        {
            return;
        }

        var legend = top + Height - LegendHeight + 4;
        if (inspection is { Indications.Count: > 0 })
        {
            PictureDrawing.DrawBoxes(page, inspection, area);
            Legend.Draw(page, Sheet.Left, legend);
        }
        page.Text(picture.Note, Sheet.Left, legend + 9.5f, TextStyle.Small);
    }
}
