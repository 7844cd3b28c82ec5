namespace Chitti.Imaging;

/// <summary>Why an image can't be used.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Detail">For people: what is wrong, the value found, and what is allowed.</param>
public sealed record ImageFault(ImageFaultKind Kind, string Detail);
