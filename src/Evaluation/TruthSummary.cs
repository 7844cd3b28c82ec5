namespace Chitti.Evaluation;

/// <summary>What an evaluation was compared with.</summary>
/// <param name="Path">As given.</param>
/// <param name="Format">The format it was read from.</param>
/// <param name="Pictures">Number of pictures.</param>
/// <param name="Defects">Number of defects by class.</param>
/// <param name="Bad">Parts that the profile rejects for their true defects.</param>
/// <param name="Good">Other parts.</param>
/// <param name="Notes">What a reader of the figures should know.</param>
public sealed record TruthSummary(
    string Path, TruthFormat Format, int Pictures, IReadOnlyList<KeyValuePair<string, int>> Defects, int Bad, int Good, IReadOnlyList<string> Notes);
