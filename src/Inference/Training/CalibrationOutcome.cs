namespace Chitti.Inference;

/// <summary>How a calibration ended: statistics, or the reason why there are none.</summary>
public sealed record CalibrationOutcome
{
    /// <summary>The statistics; null otherwise.</summary>
    public TrainingStatistics? Statistics { get; init; }

    /// <summary>Why there are none, in words; null otherwise.</summary>
    public string? Refusal { get; init; }

    /// <summary>The pictures that the gate would hold, and why.</summary>
    public IReadOnlyList<(string Name, string Fault)> Outside { get; init; } = [];
}
