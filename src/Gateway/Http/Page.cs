namespace Chitti.Gateway;

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="NextCursor">Gives the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    internal const int DefaultLimit = 50;

    internal const int MaxLimit = 1_000;
}
