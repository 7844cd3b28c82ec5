using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>How to inspect an image.</summary>
[GenerateSerializer, Immutable, Alias("chitti.inspection-order")]
public sealed record InspectionOrder
{
    /// <summary>SHA-256 of the encoded image, lower-case hexadecimal.</summary>
    [Id(0)] public required string Sha256 { get; init; }

    /// <summary>The profile version to judge by. It must be valid.</summary>
    [Id(1)] public required ProfileVersion Profile { get; init; }

    /// <summary>Thresholds to use instead of the profile's, or null.</summary>
    [Id(2)] public DetectionOverrides? Overrides { get; init; }

    /// <summary>Model to use instead of the profile's, or null.</summary>
    [Id(3)] public string? ModelOverride { get; init; }

    /// <summary>Whether to wait when the queue is full (uploaded files) or to get <see cref="InspectionStatus.Busy"/> (direct calls).</summary>
    [Id(4)] public bool WaitWhenFull { get; init; }

    /// <summary>
    /// How long the caller waits for the reply, counted by the detector's own clock from when it takes the call: for reading a
    /// stored image, for its turn, for memory and for its decoding. What is not decoded by then is given up with
    /// <see cref="InspectionStatus.Busy"/>; without <see cref="WaitWhenFull"/>, what the images ahead leave no time for is refused
    /// at once. A run of the model that has begun is finished. Null (uploaded files) for as long as it takes.
    /// </summary>
    [Id(5)] public TimeSpan? Patience { get; init; }

    /// <summary>The model to run.</summary>
    public string ModelId => ModelOverride ?? Profile.Profile.ModelId;
}
