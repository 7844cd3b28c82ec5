namespace Chitti.Registration;

/// <summary>Draws a plane in the pixels of another, so that both can be compared pixel by pixel.</summary>
public static class PlaneWarp
{
    private const int FractionBits = 16;
    private const int WeightBits = 8;

    /// <summary>
    /// The source as it looks in the target's pixels: bilinear, and with the source's border repeated outside it. A source with
    /// much smaller pixels than the target shows aliasing, one with much larger pixels becomes smooth.
    /// </summary>
    /// <param name="source">A reference's <see cref="PreparedReference.Plane"/>, or a picture.</param>
    /// <param name="targetToSource">
    /// Maps pixels of the target to those of the source: <see cref="Alignment.PictureToReference"/> draws the reference in the
    /// picture's pixels, <see cref="Alignment.ReferenceToPicture"/> the picture in the reference's.
    /// </param>
    /// <param name="width">Of the target, from 1.</param>
    /// <param name="height">Of the target, from 1.</param>
    /// <exception cref="ArgumentException">The transform is not finite, or a side is too small.</exception>
    public static GreyPlane Warp(GreyPlane source, in PlaneTransform targetToSource, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var plane = new GreyPlane(width, height, GC.AllocateUninitializedArray<byte>(checked(width * height)));
        Warp(source, targetToSource, width, plane.Pixels);
        return plane;
    }

    /// <summary>As the other, into memory of the caller, such as a part of a pooled array.</summary>
    /// <param name="source">A reference's <see cref="PreparedReference.Plane"/>, or a picture.</param>
    /// <param name="targetToSource">Maps pixels of the target to those of the source.</param>
    /// <param name="width">Of the target, from 1.</param>
    /// <param name="target">Rows from the top, without padding: width x height grey levels, apart from the source's memory.</param>
    /// <exception cref="ArgumentException">The transform is not finite, or the target is empty or ends within a row.</exception>
    public static void Warp(GreyPlane source, in PlaneTransform targetToSource, int width, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (target.IsEmpty || target.Length % width != 0)
        {
            throw new ArgumentException("The target does not consist of whole rows.", nameof(target));
        }

        if (!targetToSource.IsFinite)
        {
            throw new ArgumentException("The transform is not finite.", nameof(targetToSource));
        }

        for (var y = 0; y < target.Length / width; y++)
        {
            var row = target.Slice(y * width, width);
            if (targetToSource.IsAffine)
            {
                FillAffine(source, targetToSource, y, row);
            }
            else
            {
                for (var x = 0; x < width; x++)
                {
                    var (u, v) = targetToSource.Apply(x, y);
                    row[x] = Clamped(source, Fixed(u), Fixed(v));
                }
            }
        }
    }

    private static unsafe void FillAffine(GreyPlane source, in PlaneTransform map, int y, Span<byte> row)
    {
        var width = source.Width;
        var (maxU, maxV) = ((ulong)(source.Width - 1) << FractionBits, (ulong)(source.Height - 1) << FractionBits);
        long u = Fixed((map.B * y) + map.C), v = Fixed((map.E * y) + map.F);
        // Steps carry more digits than positions, so that they don't drift along the row.
        var (a, d) = (map.A, map.D);
        var (startU, startV) = ((map.B * y) + map.C, (map.E * y) + map.F);
        fixed (byte* pixels = source.Pixels)
        {
            for (var x = 0; x < row.Length; x++)
            {
                if (x % 64 == 0)
                {
                    (u, v) = (Fixed(startU + (a * x)), Fixed(startV + (d * x)));
                }

                if ((ulong)u < maxU && (ulong)v < maxV)
                {
                    var p = pixels + ((v >> FractionBits) * width) + (u >> FractionBits);
                    row[x] = Blend(p[0], p[1], p[width], p[width + 1], u, v);
                }
                else
                {
                    row[x] = Clamped(source, u, v);
                }

                u += (long)(a * (1 << FractionBits));
                v += (long)(d * (1 << FractionBits));
            }
        }
    }

    private static long Fixed(double value) => (long)Math.Round(Math.Clamp(value, -1e9, 1e9) * (1 << FractionBits));

    private static byte Clamped(GreyPlane source, long u, long v)
    {
        u = Math.Clamp(u, 0, (long)(source.Width - 1) << FractionBits);
        v = Math.Clamp(v, 0, (long)(source.Height - 1) << FractionBits);
        var (x, y) = ((int)(u >> FractionBits), (int)(v >> FractionBits));
        var (x1, y1) = (Math.Min(x + 1, source.Width - 1), Math.Min(y + 1, source.Height - 1));
        var pixels = source.Pixels;
        return Blend(
            pixels[(y * source.Width) + x], pixels[(y * source.Width) + x1], pixels[(y1 * source.Width) + x], pixels[(y1 * source.Width) + x1], u, v);
    }

    private static byte Blend(int upperLeft, int upperRight, int lowerLeft, int lowerRight, long u, long v)
    {
        var du = (int)(u >> (FractionBits - WeightBits)) & ((1 << WeightBits) - 1);
        var dv = (int)(v >> (FractionBits - WeightBits)) & ((1 << WeightBits) - 1);
        var upper = (upperLeft << WeightBits) + ((upperRight - upperLeft) * du);
        var lower = (lowerLeft << WeightBits) + ((lowerRight - lowerLeft) * du);
        return (byte)(((upper << WeightBits) + ((lower - upper) * dv) + (1 << ((2 * WeightBits) - 1))) >> (2 * WeightBits));
    }
}
