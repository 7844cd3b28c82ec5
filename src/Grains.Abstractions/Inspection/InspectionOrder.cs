using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>By what an image is to be inspected.</summary>
[GenerateSerializer, Immutable, Alias("chitti.inspection-order")]
public sealed record InspectionOrder
{
    /// <summary>SHA-256 of the encoded image, lower-case hexadecimal.</summary>
    [Id(0)] public required string Sha256 { get; init; }

    /// <summary>The profile version to judge by; valid.</summary>
    [Id(1)] public required ProfileVersion Profile { get; init; }

    /// <summary>Thresholds in place of the profile's, or null.</summary>
    [Id(2)] public DetectionOverrides? Overrides { get; init; }

    /// <summary>Model in place of the profile's, or null.</summary>
    [Id(3)] public string? ModelOverride { get; init; }

    /// <summary>True to wait for a place in a full queue (pipeline), false to be refused (direct calls).</summary>
    [Id(4)] public bool WaitWhenFull { get; init; }

    /// <summary>The model to run.</summary>
    public string ModelId => ModelOverride ?? Profile.Profile.ModelId;
}
