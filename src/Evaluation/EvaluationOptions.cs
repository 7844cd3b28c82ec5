namespace Chitti.Evaluation;

/// <summary>Options of an evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Lowest confidence of the recorded findings, 0..1: curves begin there.</summary>
    public float LowestConfidence { get; init; } = 0.01f;

    /// <summary>Least intersection over union of a finding with the defect that it counts for, above 0 and up to 1, in all but mAP at 0.5:0.95.</summary>
    public double MatchIou { get; init; } = 0.5;

    /// <summary>Share of bad parts that may pass, 0..1: thresholds are suggested that keep it. Null for no suggestion.</summary>
    public double? MaxEscapes { get; init; }
}
