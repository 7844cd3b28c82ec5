namespace Chitti.Evaluation;

/// <summary>
/// The figures by which the DeepPCB benchmark compares detectors. Its matching differs from COCO's, so they can't be compared
/// with <see cref="DetectionFigures.Map50"/>.
/// </summary>
/// <remarks>Source: evaluation/script.py of github.com/tangsanli5201/DeepPCB.</remarks>
public sealed record DeepPcbFigures
{
    /// <summary>A finding counts for a defect if their intersection over union is above this.</summary>
    public required double AboveIou { get; init; }

    /// <summary>Pictures without a defect. The benchmark has none, and findings on them lower its figures.</summary>
    public required int PicturesWithoutDefects { get; init; }

    /// <summary>Mean of the average precision over the classes that have defects; null without defects.</summary>
    public required double? Map { get; init; }

    /// <summary>Average precision of all classes in one list, as the benchmark's script prints it; null without defects.</summary>
    public required double? PooledAp { get; init; }

    /// <summary>All classes together from the fixed confidence on: the benchmark's F score.</summary>
    public required OperatingPoint AtConfidence { get; init; }

    /// <summary>Of the confidences 0.05, 0.06, … 0.89, the one with the highest F. It was chosen on these pictures, which flatters it.</summary>
    public required OperatingPoint BestF { get; init; }

    /// <summary>Per class of the model.</summary>
    public required IReadOnlyList<DeepPcbClass> Classes { get; init; }
}
