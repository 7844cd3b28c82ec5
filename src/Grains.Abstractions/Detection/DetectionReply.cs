using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>A detector's answer. Everything but the status and the detail is null or empty unless the status is <see cref="DetectionStatus.Found"/>.</summary>
[GenerateSerializer, Immutable, Alias("chitti.detection-reply")]
public sealed record DetectionReply
{
    /// <summary>How the call ended.</summary>
    [Id(0)] public required DetectionStatus Status { get; init; }

    /// <summary>What was wrong, for people; null when found.</summary>
    [Id(1)] public string? Detail { get; init; }

    /// <summary>What was found, most confident first.</summary>
    [Id(2)] public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The image that was looked at.</summary>
    [Id(3)] public ImageIdentity? Image { get; init; }

    /// <summary>Brightness and sharpness, where asked for.</summary>
    [Id(4)] public ImageQuality? Quality { get; init; }

    /// <summary>The model that looked.</summary>
    [Id(5)] public ModelIdentity? Model { get; init; }

    /// <summary>Where the time went.</summary>
    [Id(6)] public InspectionTiming? Timing { get; init; }

    /// <summary>What ran the model, for example <c>cpu</c>.</summary>
    [Id(7)] public string ExecutionProvider { get; init; } = "";

    /// <summary>How many images shared the run.</summary>
    [Id(8)] public int BatchSize { get; init; }

    /// <summary>Every class name the model can find, in the order of class ids.</summary>
    [Id(9)] public IReadOnlyList<string> Classes { get; init; } = [];
}
