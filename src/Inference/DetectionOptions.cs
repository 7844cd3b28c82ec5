using Chitti.Domain;
using Chitti.Registration;

namespace Chitti.Inference;

/// <summary>Options of one detection.</summary>
public sealed record DetectionOptions
{
    /// <summary>Lowest confidence to report, 0..1.</summary>
    public float Confidence { get; init; } = 0.25f;

    /// <summary>Intersection over union above which the less confident of two boxes is dropped, 0..1.</summary>
    public float Iou { get; init; } = 0.5f;

    /// <summary>True to let boxes of different classes suppress each other.</summary>
    public bool ClassAgnosticNms { get; init; }

    /// <summary>True to decode at full scale even if a reduced scale would be enough for the model's input.</summary>
    public bool DecodeFullScale { get; init; }

    /// <summary>True to measure <see cref="DetectionResult.Quality"/>.</summary>
    public bool MeasureQuality { get; init; }

    /// <summary>True to keep <see cref="DetectionResult.LookedAt"/>.</summary>
    public bool KeepLookedAt { get; init; }

    /// <summary>Whether the picture is inspected in parts.</summary>
    public Tiling Tiling { get; init; } = Tiling.Auto;

    /// <summary>Calibration of the picture; null if it is not known.</summary>
    public double? MillimetresPerPixel { get; init; }

    /// <summary>Pictures of a good part, on one of which the picture must lie; empty for none. At most <see cref="Registrar.MaxReferences"/>.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>How the picture may lie on them.</summary>
    public RegistrationOptions Registration { get; init; } = RegistrationOptions.Default;

    /// <summary>True to wait if the queue is full, false to get <see cref="DetectionOutcome.Busy"/> instead.</summary>
    public bool WaitWhenFull { get; init; } = true;

    /// <summary>
    /// How long the caller waits for the answer, from this call on. An image that is not begun by then is dropped, one that is
    /// being decoded is given up, and with <see cref="WaitWhenFull"/> false one that would wait for longer is refused at once:
    /// <see cref="DetectionOutcome.RetryAfter"/>. Null for as long as it takes.
    /// </summary>
    public TimeSpan? Patience { get; init; }
}
