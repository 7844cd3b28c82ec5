namespace Chitti.Evaluation;

/// <summary>The probability of detection (POD) of one class against the size of the defect.</summary>
/// <param name="Pixels">With sizes in pixels.</param>
/// <param name="Millimetres">With sizes in millimetres; null without a calibration.</param>
/// <param name="NoMillimetres">Why there is nothing in millimetres; null if there is.</param>
public sealed record PodResult(PodOutcome Pixels, PodOutcome? Millimetres, string? NoMillimetres);
