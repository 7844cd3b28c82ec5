namespace Chitti.Grains.Abstractions;

/// <summary>The models that detectors have registered.</summary>
/// <param name="Models">All models, ordered by id, including those that no detector has any more.</param>
/// <param name="DefaultId">The model that detectors load at start and that readiness waits for; null before the first registration. The profile or the call decides which model runs.</param>
[GenerateSerializer, Immutable, Alias("chitti.model-list")]
public sealed record ModelList(
    [property: Id(0)] IReadOnlyList<ModelSnapshot> Models,
    [property: Id(1)] string? DefaultId);
