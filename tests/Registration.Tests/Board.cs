using SkiaSharp;

namespace Chitti.Registration.Tests;

/// <summary>
/// A drawn board with tracks, pads and holes. It is drawn anew for every transform, with antialiasing, so that no picture is
/// resampled from another.
/// </summary>
internal sealed class Board
{
    private readonly List<(SKPoint[] Points, float Width)> _tracks = [];
    private readonly List<(SKPoint At, float Radius, bool IsRound, bool HasHole)> _pads = [];

    /// <param name="seed">Equal seeds give equal boards.</param>
    /// <param name="side">Of the square, in pixels.</param>
    public Board(int seed, int side = 640)
    {
        Side = side;
        var random = new Random(seed);
        for (var i = 0; i < 22; i++)
        {
            var from = new SKPoint(random.Next(side), random.Next(side));
            var bend = new SKPoint(from.X + random.Next(-200, 200), from.Y);
            var to = new SKPoint(bend.X + (random.Next(2) == 0 ? 0 : random.Next(-90, 90)), bend.Y + random.Next(-220, 220));
            _tracks.Add(([from, bend, to], random.Next(6, 16)));
            _pads.Add((from, random.Next(12, 24), random.Next(2) == 0, random.Next(3) > 0));
            _pads.Add((to, random.Next(12, 24), random.Next(2) == 0, random.Next(3) > 0));
        }
    }

    public int Side { get; }

    public GreyPlane Draw(PlaneTransform? toPicture = null, int? width = null, int? height = null, bool isMirrored = false) =>
        Drawing.Render(width ?? Side, height ?? Side, canvas =>
        {
            canvas.Concat(Drawing.Matrix(toPicture ?? PlaneTransform.Identity));
            if (isMirrored)
            {
                canvas.Scale(-1, 1, Side / 2f, 0);
            }

            DrawCopper(canvas);
        });

    private void DrawCopper(SKCanvas canvas)
    {
        using var copper = new SKPaint { IsAntialias = true, Color = SKColors.White, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Miter };
        using var hole = new SKPaint { IsAntialias = true, Color = SKColors.Black };
        foreach (var (points, width) in _tracks)
        {
            using var builder = new SKPathBuilder();
            builder.AddPoly(points, close: false);
            using var path = builder.Detach();
            (copper.StrokeWidth, copper.Style) = (width, SKPaintStyle.Stroke);
            canvas.DrawPath(path, copper);
        }

        copper.Style = SKPaintStyle.Fill;
        foreach (var (at, radius, isRound, hasHole) in _pads)
        {
            if (isRound)
            {
                canvas.DrawCircle(at, radius, copper);
            }
            else
            {
                canvas.DrawRect(SKRect.Create(at.X - radius, at.Y - radius, 2 * radius, 2 * radius), copper);
            }

            if (hasHole)
            {
                canvas.DrawCircle(at, radius / 2.5f, hole);
            }
        }
    }
}
