namespace Chitti.Imaging;

/// <summary>A labelled rectangle to draw over an image, in pixels after orientation.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">At least 0.</param>
/// <param name="Height">At least 0.</param>
/// <param name="Label">Empty for none; shortened if wider than the image.</param>
/// <param name="Colour">Colour of the frame and of the label's background.</param>
public sealed record Annotation(float X, float Y, float Width, float Height, string Label, AnnotationColour Colour);
