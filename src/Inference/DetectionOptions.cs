namespace Chitti.Inference;

/// <summary>What one call asks of an engine.</summary>
public sealed record DetectionOptions
{
    /// <summary>Lowest confidence to give, 0..1.</summary>
    public float Confidence { get; init; } = 0.25f;

    /// <summary>Intersection over union above which the less confident of two boxes is dropped, 0..1.</summary>
    public float Iou { get; init; } = 0.5f;

    /// <summary>True to let boxes of different classes suppress each other.</summary>
    public bool ClassAgnosticNms { get; init; }

    /// <summary>True to decode large photographs whole even where a reduced scale would do for the model's input.</summary>
    public bool DecodeFullScale { get; init; }

    /// <summary>True to measure <see cref="DetectionResult.Quality"/>.</summary>
    public bool MeasureQuality { get; init; }

    /// <summary>True to wait for a place in a full queue, false to be told <see cref="DetectionOutcome.Busy"/>.</summary>
    public bool WaitWhenFull { get; init; } = true;
}
