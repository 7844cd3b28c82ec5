namespace Chitti.Imaging;

/// <summary>What a codec needs in addition to the bytes.</summary>
/// <param name="Header">The header that identification read.</param>
/// <param name="Deadline">When to stop.</param>
/// <param name="Buffer">Where the pixels go.</param>
/// <param name="Enough">Sides that are large enough, after orientation; null for full scale.</param>
internal sealed record DecodeRequest(
    ImageHeader Header, DecodeDeadline Deadline, PixelBuffer Buffer, (int Width, int Height)? Enough)
{
    private bool SwapsSides => Orientation.SwapsSides(Header.Orientation);

    public int StoredWidth => SwapsSides ? Header.Height : Header.Width;

    public int StoredHeight => SwapsSides ? Header.Width : Header.Height;

    public (int Width, int Height)? EnoughStored =>
        SwapsSides && Enough is { } enough ? (enough.Height, enough.Width) : Enough;
}
