namespace Chitti.Evaluation;

/// <summary>How one class is detected.</summary>
public sealed record ClassDetection
{
    /// <summary>Name of the class.</summary>
    public required string Class { get; init; }

    /// <summary>Defects that must be found.</summary>
    public required int Truths { get; init; }

    /// <summary>Average precision at IoU 0.5, 0..1; null without defects.</summary>
    public required double? Ap50 { get; init; }

    /// <summary>Mean of the average precision at IoU 0.5, 0.55, … 0.95, 0..1; null without defects.</summary>
    public required double? Ap { get; init; }

    /// <summary>From the confidence on from which the profile rejects; null if it does not judge the class.</summary>
    public required OperatingPoint? AtReject { get; init; }

    /// <summary>From the confidence on from which the profile reviews or rejects; null if it does not judge the class.</summary>
    public required OperatingPoint? AtReview { get; init; }

    /// <summary>Where F is highest; null without findings.</summary>
    public required OperatingPoint? BestF { get; init; }

    /// <summary>From each confidence on at which something changes, at most a few hundred, the most confident first.</summary>
    public required IReadOnlyList<OperatingPoint> Curve { get; init; }
}
