namespace Chitti.Inference;

/// <summary>A rectangle in pixels of the original image after EXIF orientation; the origin is the top left corner.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">At least 0.</param>
/// <param name="Height">At least 0.</param>
public readonly record struct BoundingBox(float X, float Y, float Width, float Height);
