namespace Chitti.Evaluation;

/// <summary>Thresholds that keep a limit on escapes, among those of the curve the ones with the least overkill, then the nearest to the profile.</summary>
public sealed record ThresholdSuggestion
{
    /// <summary>Share of bad parts that may pass.</summary>
    public required double MaxEscapes { get; init; }

    /// <summary>The verdicts with them; null if no thresholds keep the limit.</summary>
    public VerdictSummary? Verdicts { get; init; }

    /// <summary>Defects that would be neither rejected nor reviewed; null if no thresholds keep the limit.</summary>
    public Proportion? MissedDefects { get; init; }

    /// <summary>The thresholds by class; empty if none keep the limit.</summary>
    public IReadOnlyList<ClassThresholds> Thresholds { get; init; } = [];

    /// <summary>Whether the parts are enough to say, with 97.5 % confidence, that the limit is kept beyond them.</summary>
    public bool IsProven => Verdicts?.Escapes is { Of: > 0 } escapes && escapes.Upper <= MaxEscapes;

    /// <summary>What to make of it, in words.</summary>
    public required string Statement { get; init; }
}
