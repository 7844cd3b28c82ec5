namespace Chitti.Inference;

/// <summary>One of the pictures that statistics are computed from.</summary>
/// <param name="Name">For messages, and for the order in which pictures are held out.</param>
/// <param name="Parts">What was seen of it.</param>
public sealed record TrainingPicture(string Name, IReadOnlyList<LookedAt> Parts);
