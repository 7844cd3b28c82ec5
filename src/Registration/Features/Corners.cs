using System.Buffers;

namespace Chitti.Registration;

/// <summary>Corners of a plane, spread over it: those with the largest smaller eigenvalue of the gradient's second moments.</summary>
internal static class Corners
{
    private const int PerCell = 6;
    private const int Window = 2;

    // Smaller eigenvalue, in squared grey levels per pixel.
    private const float MinStrength = 60;

    public static List<(int X, int Y)> Find(GreyPlane plane, int margin, int count)
    {
        var buffer = ArrayPool<float>.Shared.Rent(plane.Width * plane.Height);
        try
        {
            Measure(plane, buffer.AsSpan(0, plane.Width * plane.Height));
            return Choose(buffer, plane, margin, count);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private static List<(int X, int Y)> Choose(float[] strength, GreyPlane plane, int margin, int count)
    {
        var (width, height) = (plane.Width, plane.Height);
        var side = Math.Max(8, (int)Math.Sqrt((double)(width - (2 * margin)) * (height - (2 * margin)) * PerCell / count));
        var found = new List<(int X, int Y)>(count);
        var cell = new List<(float Strength, int X, int Y)>();
        for (var top = margin; top < height - margin; top += side)
        {
            for (var left = margin; left < width - margin; left += side)
            {
                cell.Clear();
                for (var y = top; y < Math.Min(top + side, height - margin); y++)
                {
                    for (var x = left; x < Math.Min(left + side, width - margin); x++)
                    {
                        var at = (y * width) + x;
                        if (strength[at] >= MinStrength && IsPeak(strength, at, width))
                        {
                            cell.Add((strength[at], x, y));
                        }
                    }
                }

                cell.Sort((one, other) => one.Strength == other.Strength ? (one.X, one.Y).CompareTo((other.X, other.Y)) : other.Strength.CompareTo(one.Strength));
                found.AddRange(cell.Take(PerCell).Select(corner => (corner.X, corner.Y)));
            }
        }

        return found;
    }

    private static bool IsPeak(float[] strength, int at, int width)
    {
        var value = strength[at];
        return value > strength[at - width - 1] && value > strength[at - width] && value > strength[at - width + 1] && value > strength[at - 1]
            && value >= strength[at + 1] && value >= strength[at + width - 1] && value >= strength[at + width] && value >= strength[at + width + 1];
    }

    private static void Measure(GreyPlane plane, Span<float> strength)
    {
        var (width, height) = (plane.Width, plane.Height);
        strength.Clear();
        var rows = new (float[] Xx, float[] Yy, float[] Xy)[(2 * Window) + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (new float[width], new float[width], new float[width]);
        }

        var (xx, yy, xy) = (new float[width], new float[width], new float[width]);
        for (var y = 1; y < height - 1; y++)
        {
            var slot = rows[y % rows.Length];
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var gx = (plane.Pixels[at + 1] - plane.Pixels[at - 1]) / 2f;
                var gy = (plane.Pixels[at + width] - plane.Pixels[at - width]) / 2f;
                // The row that leaves the window is in the slot of the one that enters it.
                xx[x] += (gx * gx) - slot.Xx[x];
                yy[x] += (gy * gy) - slot.Yy[x];
                xy[x] += (gx * gy) - slot.Xy[x];
                (slot.Xx[x], slot.Yy[x], slot.Xy[x]) = (gx * gx, gy * gy, gx * gy);
            }

            if (y > 2 * Window)
            {
                SumColumns(xx, yy, xy, strength.Slice((y - Window) * width, width));
            }
        }
    }

    private static void SumColumns(float[] xx, float[] yy, float[] xy, Span<float> strength)
    {
        const float Area = ((2 * Window) + 1) * ((2 * Window) + 1);
        for (var x = Window; x < strength.Length - Window; x++)
        {
            var (a, b, c) = (0f, 0f, 0f);
            for (var i = x - Window; i <= x + Window; i++)
            {
                a += xx[i];
                b += yy[i];
                c += xy[i];
            }

            var half = (a - b) / 2;
            strength[x] = (((a + b) / 2) - MathF.Sqrt((half * half) + (c * c))) / Area;
        }
    }
}
