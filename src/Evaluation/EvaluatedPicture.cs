using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>A picture with its true defects and what was seen in it.</summary>
/// <param name="Truth">The true defects.</param>
/// <param name="Sha256">SHA-256 of the encoded bytes, lower-case hexadecimal; empty if they could not be read.</param>
/// <param name="Observation">What was seen, from <see cref="EvaluationOptions.LowestConfidence"/> on; null if the picture could not be inspected.</param>
/// <param name="Error">Why it could not be inspected; null if it could.</param>
public sealed record EvaluatedPicture(TruthPicture Truth, string Sha256, Observation? Observation, string? Error);
