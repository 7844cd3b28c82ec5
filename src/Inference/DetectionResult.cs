using Chitti.Domain;

namespace Chitti.Inference;

/// <summary>What an engine found in one image.</summary>
public sealed record DetectionResult
{
    /// <summary>Most confident first; each box overlaps the image.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Pixels of the original, after EXIF orientation.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>Pixels of the original, after EXIF orientation.</summary>
    public required int ImageHeight { get; init; }

    /// <summary>Null unless requested.</summary>
    public ImageQuality? Quality { get; init; }

    /// <summary>Number of parts in which the picture was shown to the model, besides the whole; 0 for the whole only.</summary>
    public int Tiles { get; init; }

    /// <summary>Share of the picture that was shown to the model at a scale that it was trained at, 0..1; 1 if the model does not say at which.</summary>
    public double Coverage { get; init; } = 1;

    /// <summary>The check of the scale; null if the model does not say what it was trained at.</summary>
    public ScaleCheck? Scale { get; init; }

    /// <summary>How the picture compares with those of the training; null if the model has no statistics of them, or was not run.</summary>
    public TrainingComparison? Training { get; init; }

    /// <summary>What the comparison is made from, for each tile, or for the whole if there are none; empty unless requested, or if the model was not run.</summary>
    public IReadOnlyList<LookedAt> LookedAt { get; init; } = [];

    /// <summary>How the picture lies on a reference; null if there was none.</summary>
    public ReferenceMatch? Reference { get; init; }

    /// <summary>Where the time went.</summary>
    public required InspectionTiming Timing { get; init; }

    /// <summary>How many images shared the model's run.</summary>
    public required int BatchSize { get; init; }
}
