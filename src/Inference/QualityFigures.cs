namespace Chitti.Inference;

/// <summary>Figures that tell a poor image.</summary>
/// <param name="Brightness">Mean luma (ITU-R BT.601) of the image without padding, 0..255.</param>
/// <param name="Sharpness">Variance of the 3x3 Laplacian (0 1 0, 1 -4 1, 0 1 0) of the luma at the model's input scale, without padding.</param>
public readonly record struct QualityFigures(double Brightness, double Sharpness);
