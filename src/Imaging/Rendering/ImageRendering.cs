namespace Chitti.Imaging;

/// <summary>Either a rendered picture or the fault of its source image.</summary>
/// <param name="Jpeg">A whole JPEG file; null when there is a fault.</param>
/// <param name="Fault">Null when there is a picture.</param>
public sealed record ImageRendering(byte[]? Jpeg, ImageFault? Fault);
