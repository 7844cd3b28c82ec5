namespace Chitti.Grains;

/// <summary>The models that were ever registered, in the order of their ids, and which of them is the default.</summary>
internal sealed record ModelListState
{
    public IReadOnlyList<string> Ids { get; init; } = [];

    public string? DefaultId { get; init; }
}
