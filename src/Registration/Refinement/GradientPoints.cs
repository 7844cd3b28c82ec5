using System.Runtime.Intrinsics;

namespace Chitti.Registration;

/// <summary>
/// The pixels of a reference's level with the strongest edges, spread over the plane, and what the alignment needs of each:
/// nearly all information about the position is in them, at a hundredth of the pixels.
/// </summary>
internal sealed class GradientPoints
{
    private const int PointsPerCell = 8;
    private const int Margin = 2;

    // Grey levels per pixel, central difference: below it is noise.
    private const float MinGradient = 4;

    private GradientPoints(List<Point> points, PlaneLevel level, GreyPlane full)
    {
        Level = level;
        Normalisation = Normalise(full);
        Count = points.Count;
        (X, Y, Value, Steepest) = (new float[Count], new float[Count], new float[Count], new Vector256<float>[Count]);
        var toUnit = level.FromFull.Invert().Then(Normalisation.Invert());
        var perUnit = 1 / toUnit.A;
        for (var i = 0; i < Count; i++)
        {
            var point = points[i];
            var (x, y) = toUnit.Apply(point.X, point.Y);
            var (gx, gy) = (point.Gx * perUnit, point.Gy / toUnit.E);
            var along = -((gx * x) + (gy * y));
            (X[i], Y[i], Value[i]) = ((float)x, (float)y, level.Plane.Pixels[(point.Y * level.Plane.Width) + point.X]);
            Steepest[i] = Vector256.Create(
                (float)(gx * x), (float)(gx * y), (float)gx, (float)(gy * x), (float)(gy * y), (float)gy, (float)(along * x), (float)(along * y));
        }
    }

    public PlaneLevel Level { get; }

    /// <summary>From unit coordinates, where the longer side of the full plane goes from -1 to 1, to its pixels.</summary>
    public PlaneTransform Normalisation { get; }

    public int Count { get; }

    /// <summary>Unit coordinates.</summary>
    public float[] X { get; }

    /// <summary>Unit coordinates.</summary>
    public float[] Y { get; }

    /// <summary>Grey level.</summary>
    public float[] Value { get; }

    /// <summary>
    /// Derivative of the grey level by the eight parameters of a projective map about the identity, in unit coordinates,
    /// in the order of <see cref="PlaneTransform"/> (the steepest descent images of Baker and Matthews, 2004).
    /// </summary>
    public Vector256<float>[] Steepest { get; }

    public long Bytes => Count * 44L;

    /// <summary>Chooses up to <paramref name="count"/> points.</summary>
    public static GradientPoints Choose(PlaneLevel level, GreyPlane full, int count)
    {
        var plane = level.Plane;
        var cellSide = Math.Max(4, (int)Math.Sqrt((double)plane.Width * plane.Height * PointsPerCell / count));
        var points = new List<Point>(count);
        var cell = new List<(float Rank, Point Point)>();
        for (var top = Margin; top < plane.Height - Margin; top += cellSide)
        {
            for (var left = Margin; left < plane.Width - Margin; left += cellSide)
            {
                cell.Clear();
                Collect(plane, left, top, cellSide, cell);
                cell.Sort((one, other) => other.Rank.CompareTo(one.Rank));
                points.AddRange(cell.Take(PointsPerCell).Select(one => one.Point));
            }
        }

        return new(points, level, full);
    }

    private static void Collect(GreyPlane plane, int left, int top, int side, List<(float Rank, Point Point)> cell)
    {
        var (width, pixels) = (plane.Width, plane.Pixels);
        for (var y = top; y < Math.Min(top + side, plane.Height - Margin); y++)
        {
            for (var x = left; x < Math.Min(left + side, width - Margin); x++)
            {
                var at = (y * width) + x;
                var gx = (pixels[at + 1] - pixels[at - 1]) / 2f;
                var gy = (pixels[at + width] - pixels[at - width]) / 2f;
                var strength = (gx * gx) + (gy * gy);
                if (strength >= MinGradient * MinGradient)
                {
                    // Edges of a binarised picture are all equally strong: a scrambled position keeps the choice spread out.
                    var spread = ((uint)at * 2654435761u) >> 8;
                    cell.Add(((strength * (1 + (spread / (float)(1 << 26)))), new(x, y, gx, gy)));
                }
            }
        }
    }

    private static PlaneTransform Normalise(GreyPlane full)
    {
        var half = full.LongSide / 2.0;
        return new(half, 0, (full.Width - 1) / 2.0, 0, half, (full.Height - 1) / 2.0);
    }

    private readonly record struct Point(int X, int Y, float Gx, float Gy);
}
