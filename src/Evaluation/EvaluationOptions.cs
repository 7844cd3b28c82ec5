namespace Chitti.Evaluation;

/// <summary>Options of an evaluation.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Lowest confidence of the recorded findings, 0..1: curves begin there.</summary>
    public float LowestConfidence { get; init; } = 0.01f;

    /// <summary>Least intersection over union of a finding with the defect that it counts for, above 0 and up to 1, in all but mAP at 0.5:0.95.</summary>
    public double MatchIou { get; init; } = 0.5;

    /// <summary>Confidence from which findings count in the F score of the DeepPCB benchmark, 0..1; null for 0.5. Only for truth in its format.</summary>
    public float? DeepPcbConfidence { get; init; }

    /// <summary>Resolution of the pictures that the model was trained on, pixels per millimetre; null if it is not known.</summary>
    public double? ModelPixelsPerMillimetre { get; init; }

    /// <summary>Share of bad parts that may pass, 0..1: thresholds are suggested that keep it. Null for no suggestion.</summary>
    public double? MaxEscapes { get; init; }
}
