using System.Runtime.Intrinsics;

namespace Chitti.Registration;

/// <summary>Shrinks and smooths planes.</summary>
internal static unsafe class Resampling
{
    /// <summary>The mean over the area of each target pixel.</summary>
    /// <param name="source">Not smaller than the result.</param>
    /// <param name="width">Of the result.</param>
    /// <param name="height">Of the result.</param>
    /// <param name="buffers">Null for a plane that is kept.</param>
    public static GreyPlane Shrink(GreyPlane source, int width, int height, PlaneBuffers? buffers)
    {
        if (source.Width == 2 * width && source.Height == 2 * height)
        {
            return Halve(source, buffers);
        }

        var columns = Spans(source.Width, width);
        var rows = Spans(source.Height, height);
        var sums = new float[source.Width];
        var result = Create(width, height, buffers);
        for (var y = 0; y < height; y++)
        {
            AddRows(source, rows[y], sums);
            var target = result.Pixels.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var (first, last, head, tail, area) = columns[x];
                var sum = (sums[first] * head) + (last > first ? sums[last] * tail : 0);
                for (var i = first + 1; i < last; i++)
                {
                    sum += sums[i];
                }

                target[x] = (byte)((sum / (area * rows[y].Length)) + 0.5f);
            }
        }

        return result;
    }

    /// <summary>Binomial filter of 5 x 5 pixels (1 4 6 4 1), about a Gaussian of one pixel; the border is repeated.</summary>
    public static GreyPlane Smooth(GreyPlane source, PlaneBuffers? buffers)
    {
        var (width, height) = (source.Width, source.Height);
        var result = Create(width, height, buffers);
        var sums = new ushort[width + 4];
        fixed (byte* from = source.Pixels, to = result.Pixels)
        fixed (ushort* row = sums)
        {
            for (var y = 0; y < height; y++)
            {
                SumColumns(
                    Row(from, y - 2, source), Row(from, y - 1, source), Row(from, y, source), Row(from, y + 1, source), Row(from, y + 2, source),
                    row + 2, width);
                row[0] = row[1] = row[2];
                row[width + 2] = row[width + 3] = row[width + 1];
                SumRow(row, to + ((long)y * width), width);
            }
        }

        return result;
    }

    private static GreyPlane Create(int width, int height, PlaneBuffers? buffers) =>
        buffers?.Rent(width, height) ?? new(width, height, GC.AllocateUninitializedArray<byte>(width * height));

    private static byte* Row(byte* pixels, int y, GreyPlane plane) => pixels + ((long)Math.Clamp(y, 0, plane.Height - 1) * plane.Width);

    private static void SumColumns(byte* a, byte* b, byte* c, byte* d, byte* e, ushort* sums, int width)
    {
        var x = 0;
        for (; x <= width - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            var outer = Vector256.WidenLower(Vector128.Load(a + x).ToVector256()) + Vector256.WidenLower(Vector128.Load(e + x).ToVector256());
            var inner = Vector256.WidenLower(Vector128.Load(b + x).ToVector256()) + Vector256.WidenLower(Vector128.Load(d + x).ToVector256());
            var centre = Vector256.WidenLower(Vector128.Load(c + x).ToVector256());
            (outer + (inner * 4) + (centre * 6)).Store(sums + x);
        }

        for (; x < width; x++)
        {
            sums[x] = (ushort)(a[x] + e[x] + (4 * (b[x] + d[x])) + (6 * c[x]));
        }
    }

    /// <param name="sums">Two columns before the first.</param>
    /// <param name="target">Width bytes.</param>
    /// <param name="width">In pixels.</param>
    private static void SumRow(ushort* sums, byte* target, int width)
    {
        var x = 0;
        for (; x <= width - Vector256<ushort>.Count; x += Vector256<ushort>.Count)
        {
            var outer = Vector256.Load(sums + x) + Vector256.Load(sums + x + 4);
            var inner = Vector256.Load(sums + x + 1) + Vector256.Load(sums + x + 3);
            // 255 x 16 x 16 still fits; the last rounding must not overflow.
            var sum = outer + (inner * 4) + (Vector256.Load(sums + x + 2) * 6) + Vector256.Create((ushort)128);
            Vector256.Narrow(sum >>> 8, sum >>> 8).GetLower().Store(target + x);
        }

        for (; x < width; x++)
        {
            target[x] = (byte)((sums[x] + sums[x + 4] + (4 * (sums[x + 1] + sums[x + 3])) + (6 * sums[x + 2]) + 128) >> 8);
        }
    }

    private static GreyPlane Halve(GreyPlane source, PlaneBuffers? buffers)
    {
        var (width, height) = (source.Width / 2, source.Height / 2);
        var result = Create(width, height, buffers);
        fixed (byte* from = source.Pixels, to = result.Pixels)
        {
            for (var y = 0; y < height; y++)
            {
                var upper = from + (2L * y * source.Width);
                var lower = upper + source.Width;
                var target = to + ((long)y * width);
                var low = Vector256.Create((ushort)0xFF);
                var x = 0;
                for (; x <= width - Vector256<ushort>.Count; x += Vector256<ushort>.Count)
                {
                    var a = Vector256.Load((ushort*)(upper + (2 * x)));
                    var b = Vector256.Load((ushort*)(lower + (2 * x)));
                    var mean = ((a & low) + (a >>> 8) + (b & low) + (b >>> 8) + Vector256.Create((ushort)2)) >>> 2;
                    Vector256.Narrow(mean, mean).GetLower().Store(target + x);
                }

                for (; x < width; x++)
                {
                    target[x] = (byte)((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1] + 2) >> 2);
                }
            }
        }

        return result;
    }

    private static void AddRows(GreyPlane source, Span span, float[] sums)
    {
        for (var y = span.First; y <= span.Last; y++)
        {
            var weight = y == span.First ? span.Head : y == span.Last ? span.Tail : 1;
            var row = source.Pixels.AsSpan(y * source.Width, source.Width);
            for (var x = 0; x < row.Length; x++)
            {
                sums[x] = (y == span.First ? 0 : sums[x]) + (row[x] * weight);
            }
        }
    }

    private static Span[] Spans(int source, int target)
    {
        var spans = new Span[target];
        for (var i = 0; i < target; i++)
        {
            var (start, end) = ((double)i * source / target, (double)(i + 1) * source / target);
            var first = (int)start;
            var last = Math.Min(source - 1, (int)Math.Ceiling(end) - 1);
            spans[i] = first >= last
                ? new(first, first, (float)(end - start), 0, (float)(end - start))
                : new(first, last, (float)(first + 1 - start), (float)(end - last), (float)(end - start));
        }

        return spans;
    }

    /// <summary>Source pixels under a target pixel, with the shares of the first and the last.</summary>
    private readonly record struct Span(int First, int Last, float Head, float Tail, float Length);
}
