namespace Chitti.Evaluation;

/// <summary>Probability of detection (POD) against the size of the defect, at the thresholds of the profile.</summary>
public sealed record PodFigures
{
    /// <summary>What counts as a hit and as the size, in words.</summary>
    public required string Definition { get; init; }

    /// <summary>By what sizes became millimetres; null if there are none.</summary>
    public required PodCalibration? Calibration { get; init; }

    /// <summary>What weakens the figures of every class; empty if nothing was noticed.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The defects of all classes together.</summary>
    public required PodResult AllClasses { get; init; }

    /// <summary>Per class of the model.</summary>
    public required IReadOnlyList<PodClass> Classes { get; init; }
}
