namespace Chitti.Domain;

/// <summary>Point in polygon by counting crossings of a ray to the right (Jordan curve theorem).</summary>
internal static class Polygon
{
    public static bool Contains(IReadOnlyList<ZonePoint> corners, double x, double y)
    {
        var inside = false;
        for (int i = 0, j = corners.Count - 1; i < corners.Count; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            if ((a.Y > y) != (b.Y > y) && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
