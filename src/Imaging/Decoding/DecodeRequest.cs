namespace Chitti.Imaging;

/// <summary>What a codec needs besides the bytes.</summary>
/// <param name="Header">What identification found.</param>
/// <param name="Deadline">When to stop.</param>
/// <param name="Buffer">Where the pixels go.</param>
/// <param name="Enough">Oriented sides that suffice; null for full scale.</param>
internal sealed record DecodeRequest(
    ImageHeader Header, DecodeDeadline Deadline, PixelBuffer Buffer, (int Width, int Height)? Enough)
{
    public int StoredWidth => Header.Orientation >= 5 ? Header.Height : Header.Width;

    public int StoredHeight => Header.Orientation >= 5 ? Header.Width : Header.Height;

    public (int Width, int Height)? EnoughStored =>
        Header.Orientation >= 5 && Enough is { } enough ? (enough.Height, enough.Width) : Enough;
}
