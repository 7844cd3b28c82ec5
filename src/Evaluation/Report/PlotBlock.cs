using Chitti.Reports;
using ScottPlot;

namespace Chitti.Evaluation;

/// <summary>One or two plots side by side, drawn as vectors.</summary>
internal sealed class PlotBlock(params IReadOnlyList<Plot> plots) : Block(PlotHeight + Gap)
{
    private const float PlotHeight = 205;
    private const float Gap = 6;

    // The library's sizes are those of a screen.
    private const float Scale = 0.62f;

    /// <summary>Plots that have room beside each other.</summary>
    public int Columns { get; init; } = plots.Count;

    public override void Draw(PageCanvas page, float top)
    {
        var width = (Sheet.ContentWidth - (Gap * (Columns - 1))) / Columns;
        foreach (var (index, plot) in plots.Index())
        {
            page.Canvas.Save();
            page.Canvas.Translate(Sheet.Left + (index * (width + Gap)), top);
            page.Canvas.Scale(Scale);
            plot.Render(page.Canvas, new PixelRect(0, width / Scale, PlotHeight / Scale, 0));
            page.Canvas.Restore();
        }
    }
}
