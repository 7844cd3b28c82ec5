namespace Chitti.Imaging;

/// <summary>What a codec needs besides the bytes.</summary>
/// <param name="Header">What identification found.</param>
/// <param name="Deadline">When to stop.</param>
/// <param name="Buffer">Where the pixels go.</param>
/// <param name="Enough">Oriented sides that suffice; null for full scale.</param>
internal sealed record DecodeRequest(
    ImageHeader Header, DecodeDeadline Deadline, PixelBuffer Buffer, (int Width, int Height)? Enough)
{
    private bool SwapsSides => Orientation.SwapsSides(Header.Orientation);

    public int StoredWidth => SwapsSides ? Header.Height : Header.Width;

    public int StoredHeight => SwapsSides ? Header.Width : Header.Height;

    public (int Width, int Height)? EnoughStored =>
        SwapsSides && Enough is { } enough ? (enough.Height, enough.Width) : Enough;
}
