using Chitti.Registration;

namespace Chitti.Inference;

/// <summary>A picture of a good part.</summary>
/// <param name="Sha256">Of the picture file, lower-case hexadecimal.</param>
/// <param name="Prepared">Its grey levels after EXIF orientation, prepared once.</param>
public sealed record Reference(string Sha256, PreparedReference Prepared);
