namespace Chitti.Evaluation;

/// <summary>Thresholds of one class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="ReviewConfidence">From this confidence on for review; null without a review band.</param>
/// <param name="RejectConfidence">From this confidence on for rejection.</param>
public sealed record ClassThresholds(string Class, float? ReviewConfidence, float RejectConfidence);
