namespace Chitti.Imaging;

/// <summary>Why an image can't be used.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Detail">For people: what was wrong, with which value, what is allowed.</param>
public sealed record ImageFault(ImageFaultKind Kind, string Detail);
