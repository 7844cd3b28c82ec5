namespace Chitti.Registration;

/// <summary>Moves a reference onto a picture.</summary>
public static class ReferenceWarp
{
    private const int FractionBits = 16;
    private const int WeightBits = 8;

    /// <summary>
    /// The reference as it would look in the picture's pixels, so that boxes found in both need no mapping back. Bilinear;
    /// outside the reference its border is repeated. A reference with much larger pixels than the picture becomes smooth.
    /// </summary>
    /// <param name="reference">The reference.</param>
    /// <param name="pictureToReference">From <see cref="Alignment.PictureToReference"/>.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <exception cref="ArgumentException">The transform is not finite.</exception>
    public static GreyPlane ToPicture(PreparedReference reference, in PlaneTransform pictureToReference, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var plane = new GreyPlane(width, height, GC.AllocateUninitializedArray<byte>(checked(width * height)));
        ToPicture(reference, pictureToReference, width, plane.Pixels);
        return plane;
    }

    /// <summary>As the other, into memory of the caller, such as a pooled array.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="pictureToReference">From <see cref="Alignment.PictureToReference"/>.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="target">Rows from the top, without padding; whole rows of grey levels.</param>
    /// <exception cref="ArgumentException">The transform is not finite, or the target is empty or ends within a row.</exception>
    public static void ToPicture(PreparedReference reference, in PlaneTransform pictureToReference, int width, Span<byte> target)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (target.IsEmpty || target.Length % width != 0)
        {
            throw new ArgumentException("The target does not consist of whole rows.", nameof(target));
        }

        if (!pictureToReference.IsFinite)
        {
            throw new ArgumentException("The transform is not finite.", nameof(pictureToReference));
        }

        for (var y = 0; y < target.Length / width; y++)
        {
            var row = target.Slice(y * width, width);
            if (pictureToReference.IsAffine)
            {
                FillAffine(reference.Plane, pictureToReference, y, row);
            }
            else
            {
                for (var x = 0; x < width; x++)
                {
                    var (u, v) = pictureToReference.Apply(x, y);
                    row[x] = Clamped(reference.Plane, Fixed(u), Fixed(v));
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
