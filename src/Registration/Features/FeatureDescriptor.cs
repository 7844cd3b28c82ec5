namespace Chitti.Registration;

/// <summary>Orientation and brightness comparisons around a corner.</summary>
internal static class FeatureDescriptor
{
    /// <summary>Pixels that must lie around a corner.</summary>
    public const int Margin = Radius + 2;

    private const int Radius = 13;

    // Standard deviation of the positions compared, in pixels.
    private const double Spread = 5.5;

    private static readonly (float X, float Y)[] _pattern = Pattern();

    /// <summary>Direction from the corner to the centre of brightness of the disc around it, in radians.</summary>
    public static float Angle(GreyPlane plane, int x, int y)
    {
        int sumX = 0, sumY = 0;
        for (var dy = -Radius; dy <= Radius; dy++)
        {
            var half = (int)Math.Sqrt((Radius * Radius) - (dy * dy));
            var row = plane.Pixels.AsSpan(((y + dy) * plane.Width) + x - half, (2 * half) + 1);
            var sum = 0;
            for (var i = 0; i < row.Length; i++)
            {
                sum += row[i];
                sumX += (i - half) * row[i];
            }

            sumY += dy * sum;
        }

        return MathF.Atan2(sumY, sumX);
    }

    /// <summary>Compares the pixels of the pattern, turned by the angle.</summary>
    public static void Compare(GreyPlane smooth, int x, int y, float angle, Span<ulong> bits)
    {
        var (sin, cos) = MathF.SinCos(angle);
        var centre = (y * smooth.Width) + x;
        for (var word = 0; word < Features.Words; word++)
        {
            var value = 0UL;
            for (var bit = 0; bit < 64; bit++)
            {
                var at = 2 * ((64 * word) + bit);
                value = (value << 1) | (Pixel(_pattern[at]) < Pixel(_pattern[at + 1]) ? 1UL : 0);
            }

            bits[word] = value;
        }

        byte Pixel((float X, float Y) offset)
        {
            var dx = (int)MathF.Round((offset.X * cos) - (offset.Y * sin));
            var dy = (int)MathF.Round((offset.X * sin) + (offset.Y * cos));
            return smooth.Pixels[centre + (dy * smooth.Width) + dx];
        }
    }

    private static (float X, float Y)[] Pattern()
    {
        var random = new FixedRandom(7);
        var pattern = new (float X, float Y)[2 * 64 * Features.Words];
        for (var i = 0; i < pattern.Length;)
        {
            // Box and Muller.
            var radius = Spread * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            if (radius <= Radius)
            {
                pattern[i++] = ((float)(radius * cos), (float)(radius * sin));
            }
        }

        return pattern;
    }
}
