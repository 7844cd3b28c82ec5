using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Boxes as JSON has them.</summary>
internal static class Boxes
{
    /// <summary>Intersection over union, 0 to 1.</summary>
    public static double Overlap(JsonElement first, JsonElement second)
    {
        var (a, b) = (Edges(first), Edges(second));
        var shared = Math.Max(0, Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left)) * Math.Max(0, Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top));
        return shared / (Area(a) + Area(b) - shared);

        static double Area((double Left, double Top, double Right, double Bottom) box) => (box.Right - box.Left) * (box.Bottom - box.Top);

        static (double Left, double Top, double Right, double Bottom) Edges(JsonElement box)
        {
            var (x, y) = (box.GetProperty("x").GetDouble(), box.GetProperty("y").GetDouble());
            return (x, y, x + box.GetProperty("width").GetDouble(), y + box.GetProperty("height").GetDouble());
        }
    }
}
