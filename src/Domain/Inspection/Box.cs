using System.Text.Json.Serialization;

namespace Chitti.Domain;

/// <summary>A rectangle in pixels of the original image after EXIF orientation; the origin is the top left corner.</summary>
/// <remarks>As the model gives it: the box of an object that the edge cuts off may extend slightly beyond the image.</remarks>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Width, pixels, at least 0.</param>
/// <param name="Height">Height, pixels, at least 0.</param>
[GenerateSerializer, Immutable, Alias("chitti.box")]
[method: JsonConstructor]
public readonly record struct Box(
    [property: Id(0)] float X,
    [property: Id(1)] float Y,
    [property: Id(2)] float Width,
    [property: Id(3)] float Height)
{
    /// <summary>Area in square pixels.</summary>
    public float Area() => Width * Height;

    /// <summary>Rounded to hundredths of a pixel.</summary>
    public Box Rounded() => new(Hundredths(X), Hundredths(Y), Hundredths(Width), Hundredths(Height));

    private static float Hundredths(float pixels) => (float)Math.Round(pixels, 2);
}
