namespace Chitti.Imaging;

/// <summary>Either a header or the fault that prevents reading one.</summary>
/// <param name="Header">Null when there is a fault.</param>
/// <param name="Fault">Null when there is a header.</param>
public sealed record ImageIdentification(ImageHeader? Header, ImageFault? Fault);
