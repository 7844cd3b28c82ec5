namespace Chitti.Imaging;

/// <summary>What a codec needs in addition to the bytes.</summary>
/// <param name="Header">The header that identification read.</param>
/// <param name="Deadline">When to stop.</param>
/// <param name="Width">Width to decode to, as stored: smaller than the image's at a reduced scale.</param>
/// <param name="Height">Height to decode to, as stored.</param>
internal sealed record DecodeRequest(ImageHeader Header, DecodeDeadline Deadline, int Width, int Height)
{
    /// <summary>Sides of the image as stored, before orientation.</summary>
    public (int Width, int Height) Stored =>
        Orientation.SwapsSides(Header.Orientation) ? (Header.Height, Header.Width) : (Header.Width, Header.Height);

    /// <summary>Four bytes a pixel.</summary>
    public long PixelBytes => 4L * Width * Height;

    /// <param name="header">The header that identification read.</param>
    /// <param name="deadline">When to stop.</param>
    /// <param name="enough">Sides that are large enough, after orientation; null for full scale.</param>
    public static DecodeRequest Create(ImageHeader header, DecodeDeadline deadline, (int Width, int Height)? enough)
    {
        var request = new DecodeRequest(header, deadline, 0, 0);
        var (width, height) = request.Stored;
        if (enough is { } upright && header.Format == ImageFormat.Jpeg)
        {
            var needed = Orientation.SwapsSides(header.Orientation) ? (Width: upright.Height, Height: upright.Width) : upright;
            (width, height) = Scale(width, height, needed);
        }

        return request with { Width = width, Height = height };
    }

    private static (int Width, int Height) Scale(int width, int height, (int Width, int Height) needed)
    {
        // libjpeg scales by eighths; above one half, little time is saved. With sides a quarter larger than needed, the
        // resized image is too close to a full decode to change a model's confidence (the parity tests run both).
        for (var eighths = 1; eighths <= 4; eighths++)
        {
            var scaled = (Width: ((width * eighths) + 7) / 8, Height: ((height * eighths) + 7) / 8);
            if (4L * scaled.Width >= 5L * needed.Width && 4L * scaled.Height >= 5L * needed.Height)
            {
                return scaled;
            }
        }

        return (width, height);
    }
}
