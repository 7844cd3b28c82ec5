namespace Chitti.Grains;

/// <summary>All models ever registered, ordered by id, and the id of the default model.</summary>
internal sealed record ModelListState
{
    public IReadOnlyList<string> Ids { get; init; } = [];

    public string? DefaultId { get; init; }
}
