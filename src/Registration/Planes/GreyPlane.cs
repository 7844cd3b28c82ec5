namespace Chitti.Registration;

/// <summary>Grey levels of an upright picture. The pixels must not change while the plane is in use.</summary>
public sealed class GreyPlane
{
    /// <param name="width">From 1.</param>
    /// <param name="height">From 1.</param>
    /// <param name="pixels">Rows from the top, without padding: width x height bytes, 0 black, 255 white.</param>
    /// <exception cref="ArgumentException">The number of bytes is not width x height.</exception>
    public GreyPlane(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)width * height)
        {
            throw new ArgumentException($"{width} x {height} pixels need {(long)width * height} bytes, not {pixels.LongLength}.", nameof(pixels));
        }

        (Width, Height, Pixels) = (width, height, pixels);
    }

    private GreyPlane((int Width, int Height) size, byte[] buffer) => (Width, Height, Pixels) = (size.Width, size.Height, buffer);

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>Rows from the top, without padding; 0 black, 255 white.</summary>
    public byte[] Pixels { get; }

    internal int LongSide => Math.Max(Width, Height);

    /// <summary>Without what a pooled array has beyond them.</summary>
    internal ReadOnlySpan<byte> Values => Pixels.AsSpan(0, Width * Height);

    /// <param name="width">From 1.</param>
    /// <param name="height">From 1.</param>
    /// <param name="buffer">At least width x height bytes.</param>
    internal static GreyPlane OfBuffer(int width, int height, byte[] buffer) => new((width, height), buffer);
}
