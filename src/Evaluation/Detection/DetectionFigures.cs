namespace Chitti.Evaluation;

/// <summary>How well defects are found, whatever the verdict.</summary>
public sealed record DetectionFigures
{
    /// <summary>Mean over the classes of the average precision at IoU 0.5; null without defects.</summary>
    public required double? Map50 { get; init; }

    /// <summary>Mean over the classes of the average precision at IoU 0.5:0.95; null without defects.</summary>
    public required double? Map { get; init; }

    /// <summary>Least IoU of a correct finding in everything else.</summary>
    public required double MatchIou { get; init; }

    /// <summary>Findings below this confidence were not recorded.</summary>
    public required float LowestConfidence { get; init; }

    /// <summary>Per class of the model.</summary>
    public required IReadOnlyList<ClassDetection> Classes { get; init; }

    /// <summary>The figures of the DeepPCB benchmark; null if the truth isn't in its format.</summary>
    public required DeepPcbFigures? DeepPcb { get; init; }

    /// <summary>Classes confused with one another, with nothing, and not found.</summary>
    public required ConfusionMatrix Confusion { get; init; }
}
