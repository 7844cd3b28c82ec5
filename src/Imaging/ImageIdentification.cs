namespace Chitti.Imaging;

/// <summary>Either a header or the fault that prevents reading one.</summary>
/// <param name="Header">Null when there is a fault.</param>
/// <param name="Fault">Null when there is a header.</param>
public sealed record ImageIdentification(ImageHeader? Header, ImageFault? Fault)
{
    /// <summary>Bytes that the codec holds at most besides the pixels it writes, as far as the header tells.</summary>
    internal long CodecBytes { get; init; }
}
