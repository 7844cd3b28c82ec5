namespace Chitti.Gateway;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items of the page.</param>
/// <param name="NextCursor">Cursor of the next page; null on the last page.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    internal const int DefaultLimit = 50;

    internal const int MaxLimit = 1_000;
}
