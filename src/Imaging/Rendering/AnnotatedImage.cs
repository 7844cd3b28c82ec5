using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>Images with labelled boxes drawn over them.</summary>
public static class AnnotatedImage
{
    /// <summary>
    /// Renders an upright JPEG of quality 90 in the original's size. Lines and labels scale with the image. A label is
    /// placed above its box, or inside it if there is no room above.
    /// </summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="annotations">Drawn in order, the last on top.</param>
    /// <param name="fonts">Fonts for the labels.</param>
    /// <param name="decoders">Set the limits and the memory budget of decoding.</param>
    public static ImageRendering RenderJpeg(
        ReadOnlyMemory<byte> encoded, IReadOnlyList<Annotation> annotations, FontFaces fonts, ImageDecoders decoders)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(fonts);
        return RenderSurface.RenderJpeg(
            encoded, decoders, (width, height) => (width, height), (canvas, size) => Draw(canvas, size, annotations, fonts));
    }

    private static void Draw(SKCanvas canvas, SKSizeI size, IReadOnlyList<Annotation> annotations, FontFaces fonts)
    {
        var side = Math.Max(size.Width, size.Height);
        using var font = new SKFont(fonts.Bold, Math.Max(11, side / 50f));
        using var stroke = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = Math.Max(2, side / 400f), IsAntialias = true };
        using var fill = new SKPaint { IsAntialias = true };
        foreach (var annotation in annotations)
        {
            stroke.Color = Colour(annotation.Colour);
            var frame = SKRect.Create(annotation.X, annotation.Y, annotation.Width, annotation.Height);
            // Half of a line drawn along the image's edge would be outside.
            var visible = SKRect.Create(size.Width, size.Height);
            visible.Inflate(-stroke.StrokeWidth / 2, -stroke.StrokeWidth / 2);
            if (frame.IntersectsWith(visible))
            {
                frame.Intersect(visible);
            }

            canvas.DrawRect(frame, stroke);
            if (annotation.Label.Length > 0)
            {
                DrawLabel(canvas, size, frame, annotation, font, fill, stroke.StrokeWidth);
            }
        }
    }

    private static void DrawLabel(SKCanvas canvas, SKSizeI size, SKRect frame, Annotation annotation, SKFont font, SKPaint paint, float line)
    {
        var margin = font.Size / 4;
        var text = Shorten(annotation.Label, font, size.Width - (2 * margin));
        var metrics = font.Metrics;
        var width = font.MeasureText(text) + (2 * margin);
        var height = metrics.Descent - metrics.Ascent + margin;
        var top = frame.Top - (line / 2) - height;
        if (top < 0)
        {
            top = Math.Clamp(frame.Top, 0, Math.Max(0, size.Height - height));
        }

        var left = Math.Clamp(frame.Left - (line / 2), 0, Math.Max(0, size.Width - width));

        paint.Color = Colour(annotation.Colour);
        canvas.DrawRect(left, top, width, height, paint);
        paint.Color = annotation.Colour is AnnotationColour.Yellow or AnnotationColour.Orange ? SKColors.Black : SKColors.White;
        canvas.DrawText(text, left + margin, top + (margin / 2) - metrics.Ascent, SKTextAlign.Left, font, paint);
    }

    private static string Shorten(string label, SKFont font, float width)
    {
        if (font.MeasureText(label) <= width)
        {
            return label;
        }

        var length = label.Length;
        while (length > 0 && font.MeasureText(label[..length] + "…") > width)
        {
            length--;
        }

        return label[..length] + "…";
    }

    private static SKColor Colour(AnnotationColour colour) => colour switch
    {
        AnnotationColour.Red => new SKColor(0xD6, 0x27, 0x28),
        AnnotationColour.Orange => new SKColor(0xFF, 0x7F, 0x0E),
        AnnotationColour.Yellow => new SKColor(0xF2, 0xC8, 0x0F),
        AnnotationColour.Blue => new SKColor(0x1F, 0x77, 0xB4),
        AnnotationColour.Green => new SKColor(0x2C, 0xA0, 0x2C),
        _ => new SKColor(0x7F, 0x7F, 0x7F),
    };
}
