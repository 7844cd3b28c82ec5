namespace Chitti.Evaluation;

/// <summary>Why no curve is given.</summary>
/// <param name="Reason">The reason, for programs.</param>
/// <param name="Message">The reason with its figures, and what to do about it, for people.</param>
public sealed record PodRefusal(PodRefusalReason Reason, string Message);
