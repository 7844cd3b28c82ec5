namespace Chitti.Domain;

/// <summary>
/// How one class of defect is judged. An indication is recorded from <see cref="RecordConfidence"/> on, goes to review from
/// <see cref="ReviewConfidence"/> on and counts towards rejection from <see cref="RejectConfidence"/> on.
/// Without a limit on size, count or area, each one that counts rejects the part; with limits, only exceeding one does.
/// </summary>
[GenerateSerializer, Immutable, Alias("chitti.defect-criterion")]
public sealed record DefectCriterion
{
    /// <summary>Lowest confidence that is recorded of a class for which the profile states none.</summary>
    public const float DefaultRecordConfidence = 0.25f;

    /// <summary>Class name as the model gives it.</summary>
    [Id(0)] public required string Class { get; init; }

    /// <summary>How bad it is.</summary>
    [Id(1)] public required Severity Severity { get; init; }

    /// <summary>Lowest confidence that is recorded, 0..1.</summary>
    [Id(2)] public required float RecordConfidence { get; init; }

    /// <summary>Lower end of the review band, from <see cref="RecordConfidence"/> to <see cref="RejectConfidence"/>; null for no band.</summary>
    [Id(3)] public float? ReviewConfidence { get; init; }

    /// <summary>Lowest confidence that counts towards rejection, 0..1.</summary>
    [Id(4)] public required float RejectConfidence { get; init; }

    /// <summary>Longest side allowed for one indication; null if any size counts.</summary>
    [Id(5)] public double? MaxSize { get; init; }

    /// <summary>Unit of <see cref="MaxSize"/>; millimetres need a calibration.</summary>
    [Id(6)] public LengthUnit SizeUnit { get; init; }

    /// <summary>How many indications of the class are allowed, at least 0; null for no limit.</summary>
    [Id(7)] public int? MaxCount { get; init; }

    /// <summary>Total area of the class that is allowed, in squares of <see cref="SizeUnit"/>; null for no limit.</summary>
    [Id(8)] public double? MaxTotalArea { get; init; }

    /// <summary>Polygon in fractions of image width and height within which the criterion applies; null for the whole image.</summary>
    [Id(9)] public IReadOnlyList<ZonePoint>? Zone { get; init; }
}
