using System.Globalization;
using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>Draws pictures into frames, and boxes over them as vectors.</summary>
internal static class PictureDrawing
{
    private const float LabelSize = 6.5f;
    private static readonly TextStyle _label = new(true, LabelSize, Palette.Paper);

    /// <summary>Draws the whole picture as large as the frame allows, or the reason why there is none.</summary>
    /// <returns>The area of the picture; empty if there is none.</returns>
    public static SKRect DrawWhole(this ReportPicture picture, PageCanvas page, SKRect frame)
    {
        if (!picture.Available)
        {
            page.Fill(frame, Palette.Band);
            page.Frame(frame, Palette.Rule, 0.6f);
            var style = frame.Width < 100 ? TextStyle.Small : TextStyle.Body;
            var lines = page.Typesetter.Wrap(picture.Note, style, frame.Width - 8, Math.Max(1, (int)((frame.Height - 6) / style.LineHeight)));
            page.Lines(lines, frame.MidX, frame.MidY - (lines.Count * style.LineHeight / 2), style, align: 0.5f);
            return SKRect.Empty;
        }
        var scale = Math.Min(frame.Width / picture.Width, frame.Height / picture.Height);
        var size = new SKSize(picture.Width * scale, picture.Height * scale);
        var area = SKRect.Create(frame.MidX - (size.Width / 2), frame.MidY - (size.Height / 2), size.Width, size.Height);
        picture.Draw(page.Canvas, new(0, 0, picture.Width, picture.Height), area);
        page.Frame(area, Palette.Rule, 0.5f);
        return area;
    }

    /// <summary>Draws boxes and numbers, the deciding one last and so on top.</summary>
    public static void DrawBoxes(PageCanvas page, Inspection inspection, SKRect area)
    {
        var scale = area.Width / Math.Max(1, inspection.Image.Width);
        page.Canvas.Save();
        page.Canvas.ClipRect(SKRect.Inflate(area, 1, 1));
        foreach (var indication in inspection.Indications.OrderBy(i => i.Number == inspection.DecidedBy))
        {
            var box = SKRect.Create(
                area.Left + (indication.Box.X * scale), area.Top + (indication.Box.Y * scale),
                indication.Box.Width * scale, indication.Box.Height * scale);
            var colour = Palette.Of(indication.Severity);
            page.Frame(box, Palette.Paper, 2.4f);
            page.Frame(box, colour, indication.Number == inspection.DecidedBy ? 2 : 1.1f, indication.Disposition);
            DrawNumber(page, indication.Number.ToString(CultureInfo.InvariantCulture), box, area, colour);
        }
        page.Canvas.Restore();
    }

    /// <summary>Draws one indication with its outline and some of its surroundings.</summary>
    public static void DrawCrop(PageCanvas page, ReportPicture picture, Indication indication, SKRect frame)
    {
        page.Fill(frame, Palette.Band);
        if (!picture.Available)
        {
            page.Text("no picture", frame.MidX, frame.MidY - 5, TextStyle.Small, align: 0.5f);
            return;
        }
        var source = Surroundings(indication.Box, picture.Width, picture.Height, frame.Width / frame.Height);
        picture.Draw(page.Canvas, source, frame);
        var scale = frame.Width / source.Width;
        page.Canvas.Save();
        page.Canvas.ClipRect(frame);
        page.Frame(
            SKRect.Create(
                frame.Left + ((indication.Box.X - source.Left) * scale), frame.Top + ((indication.Box.Y - source.Top) * scale),
                indication.Box.Width * scale, indication.Box.Height * scale),
            Palette.Of(indication.Severity), 0.8f, indication.Disposition);
        page.Canvas.Restore();
        page.Frame(frame, Palette.Rule, 0.5f);
    }

    /// <summary>
    /// The part of the picture around a box, in the frame's aspect ratio: at least 1.5 times the box's size, moved inside
    /// the picture if it fits.
    /// </summary>
    internal static SKRect Surroundings(Box box, int width, int height, float aspect)
    {
        const float Around = 1.5f;
        const float Least = 24;
        var w = Math.Max(Math.Max(box.Width * Around, box.Height * Around * aspect), Least);
        var h = w / aspect;
        return SKRect.Create(
            Inside(box.X + (box.Width / 2) - (w / 2), w, width), Inside(box.Y + (box.Height / 2) - (h / 2), h, height), w, h);

        static float Inside(float start, float length, float whole) =>
            length >= whole ? (whole - length) / 2 : Math.Clamp(start, 0, whole - length);
    }

    private static void DrawNumber(PageCanvas page, string number, SKRect box, SKRect area, SKColor colour)
    {
        var width = page.Typesetter.Width(number, _label) + 4;
        const float Height = LabelSize + 2.4f;
        var left = Math.Clamp(box.Left - 0.5f, area.Left, Math.Max(area.Left, area.Right - width));
        var top = box.Top - Height >= area.Top ? box.Top - Height : Math.Min(box.Bottom, area.Bottom - Height);
        page.Fill(SKRect.Create(left, top, width, Height), colour);
        page.Text(number, left + 2, top + 0.6f, _label);
    }
}
