namespace Chitti.Evaluation;

/// <summary>The probability of detection of one class.</summary>
/// <param name="Class">Its name.</param>
/// <param name="Pod">The curve, or why there is none.</param>
public sealed record PodClass(string Class, PodResult Pod);
