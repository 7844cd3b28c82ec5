using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Whether one true defect was found.</summary>
/// <param name="File">Path of the picture.</param>
/// <param name="Class">Its class.</param>
/// <param name="Box">Where, in pixels.</param>
/// <param name="SizePx">Square root of the area of its box, pixels.</param>
/// <param name="LongerSidePx">Longer side of its box, pixels.</param>
/// <param name="Hit">Whether the profile reviews or rejects a finding on it, of whatever class.</param>
/// <param name="Confidence">Of the finding that matches it, also one that the profile accepts; null if there is none.</param>
/// <param name="FoundAs">The class of that finding.</param>
public sealed record DefectOutcome(
    string File, string Class, Box Box, double SizePx, double LongerSidePx, bool Hit, float? Confidence, string? FoundAs);
