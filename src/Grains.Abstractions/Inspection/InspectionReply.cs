using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>The inspection of an image, or why there is none.</summary>
[GenerateSerializer, Immutable, Alias("chitti.inspection-reply")]
public sealed record InspectionReply
{
    /// <summary>How the order ended.</summary>
    [Id(0)] public required InspectionStatus Status { get; init; }

    /// <summary>Why there is no inspection, for display; null when there is one.</summary>
    [Id(1)] public string? Detail { get; init; }

    /// <summary>Null unless the status is <see cref="InspectionStatus.Inspected"/>. It has no id and no file id; the caller sets them when storing it.</summary>
    [Id(2)] public Inspection? Inspection { get; init; }

    /// <summary>With <see cref="InspectionStatus.Busy"/>, after how long another attempt is worth it; null when that is not known.</summary>
    [Id(3)] public TimeSpan? RetryAfter { get; init; }

    /// <summary>The reply with an inspection.</summary>
    public static InspectionReply Of(Inspection inspection) => new() { Status = InspectionStatus.Inspected, Inspection = inspection };

    /// <summary>The reply without one.</summary>
    public static InspectionReply Refused(InspectionStatus status, string detail) => new() { Status = status, Detail = detail };
}
