namespace Chitti.Evaluation;

/// <summary>A real defect of one class in the test set, and whether the model found it.</summary>
/// <param name="Size">The size of the defect in pixels, above 0. Every target of a study is measured in the same way.</param>
/// <param name="Hit">Whether the model found it.</param>
/// <param name="MillimetresPerPixel">The calibration of its picture, above 0; null if the picture has none.</param>
public sealed record PodTarget(double Size, bool Hit, double? MillimetresPerPixel = null);
