namespace Chitti.Evaluation;

/// <summary>How well parts are judged.</summary>
public sealed record VerdictFigures
{
    /// <summary>With the profile as it is.</summary>
    public required VerdictSummary WorkingPoint { get; init; }

    /// <summary>Good parts that fail, as one part of the overkill.</summary>
    public required Proportion GoodFails { get; init; }

    /// <summary>Bad parts that are sent to review: what a person makes of them is not known.</summary>
    public required Proportion BadReviewed { get; init; }

    /// <summary>Defects that the profile neither rejects nor reviews: a part with one of them alone would escape.</summary>
    public required Proportion MissedDefects { get; init; }

    /// <summary>Thresholds for a limit on escapes; null if none was asked for.</summary>
    public required ThresholdSuggestion? Suggestion { get; init; }

    /// <summary>With the thresholds moved, in steps of 0.01, the lowest thresholds first.</summary>
    public required IReadOnlyList<VerdictPoint> Curve { get; init; }
}
