namespace Chitti.Grains.Abstractions;

/// <summary>A detector as it last announced itself.</summary>
/// <param name="Key">Key of its grain, see <see cref="DetectorKey"/>.</param>
/// <param name="ModelIds">The models it can run.</param>
/// <param name="QueueLength">Number of images in its queue.</param>
/// <param name="Accelerator">The hardware that runs its models, for example <c>cpu</c>.</param>
[GenerateSerializer, Immutable, Alias("chitti.detector-snapshot")]
public sealed record DetectorSnapshot(
    [property: Id(0)] string Key,
    [property: Id(1)] IReadOnlyList<string> ModelIds,
    [property: Id(2)] int QueueLength,
    [property: Id(3)] string Accelerator);
