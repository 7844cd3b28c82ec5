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

    /// <summary>Where the time went.</summary>
    public required InspectionTiming Timing { get; init; }

    /// <summary>How many images shared the model's run.</summary>
    public required int BatchSize { get; init; }
}
