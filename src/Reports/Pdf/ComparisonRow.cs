using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Some views of an image, each three times: the image, the reference aligned to it, and their difference.</summary>
internal sealed class ComparisonRow(int item, int reference, SKMatrix referenceToImage, IReadOnlyList<ComparisonView> views) : Block(RowHeight)
{
    public const int ViewsPerRow = 2;
    public const float RowHeight = 96;
    private const float Caption = 12;
    private const float Gap = 12;
    private const float Between = 3;
    private const float ViewWidth = (Sheet.ContentWidth - Gap) / ViewsPerRow;
    private const float FrameWidth = (ViewWidth - (2 * Between)) / 3;

    public override IEnumerable<int> Pictures => [item, reference];

    public override void Draw(PageCanvas page, float top)
    {
        var (image, good) = (page.Picture(item), page.Picture(reference));
        foreach (var (index, view) in views.Index())
        {
            var left = Sheet.Left + (index * (ViewWidth + Gap));
            page.Text(page.Typesetter.Fit(view.Caption, TextStyle.Label, ViewWidth), left, top + 2, TextStyle.Label);
            var frames = Enumerable.Range(0, 3)
                .Select(number => SKRect.Create(left + (number * (FrameWidth + Between)), top + Caption, FrameWidth, RowHeight - Caption - 4))
                .ToList();
            frames.ForEach(frame => page.Fill(frame, Palette.Band));
            if (image.Available)
            {
                Draw(page, image, good, SourceOf(view, image), frames);
            }
            else
            {
                page.Text("no picture", frames[0].MidX, frames[0].MidY - 5, TextStyle.Small, align: 0.5f);
            }

            frames.ForEach(frame => page.Frame(frame, Palette.Rule, 0.5f));
        }
    }

    private static SKRect SourceOf(ComparisonView view, ReportPicture image)
    {
        const float Aspect = FrameWidth / (RowHeight - Caption - 4);
        if (view.Indication is { } indication)
        {
            return PictureDrawing.Surroundings(indication.Box, image.Width, image.Height, Aspect);
        }

        var width = Math.Max(image.Width, image.Height * Aspect);
        return SKRect.Create((image.Width - width) / 2, (image.Height - (width / Aspect)) / 2, width, width / Aspect);
    }

    private void Draw(PageCanvas page, ReportPicture image, ReportPicture good, SKRect source, List<SKRect> frames)
    {
        image.Draw(page.Canvas, source, frames[0]);
        if (!good.Available)
        {
            page.Text("no picture", frames[1].MidX, frames[1].MidY - 5, TextStyle.Small, align: 0.5f);
            return;
        }

        good.Draw(page.Canvas, source, frames[1], referenceToImage);
        DrawDifference(page.Canvas, image, good, source, frames[2]);
    }

    private void DrawDifference(SKCanvas canvas, ReportPicture image, ReportPicture good, SKRect source, SKRect frame)
    {
        using var difference = new SKPaint { BlendMode = SKBlendMode.Difference };
        using var outline = OutlineOf(good, source, frame);
        canvas.SaveLayer();

        // Beside the reference there is nothing to compare with.
        canvas.ClipPath(outline, antialias: true);
        image.Draw(canvas, source, frame);
        good.Draw(canvas, source, frame, referenceToImage, difference);
        canvas.Restore();
    }

    private SKPath OutlineOf(ReportPicture good, SKRect source, SKRect frame)
    {
        var scale = frame.Width / source.Width;
        var corners = new[] { new SKPoint(0, 0), new(good.Width, 0), new(good.Width, good.Height), new(0, good.Height) }
            .Select(referenceToImage.MapPoint)
            .Select(point => new SKPoint(frame.Left + ((point.X - source.Left) * scale), frame.Top + ((point.Y - source.Top) * scale)))
            .ToArray();
        using var builder = new SKPathBuilder();
        builder.MoveTo(corners[0]);
        foreach (var corner in corners[1..])
        {
            builder.LineTo(corner);
        }

        builder.Close();
        return builder.Detach();
    }
}
