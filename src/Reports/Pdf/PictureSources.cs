namespace Chitti.Reports;

/// <summary>
/// The pictures that a report may show, by index: first those of its items, in their order, then each reference once, however
/// many items were compared with it.
/// </summary>
internal sealed class PictureSources
{
    private readonly List<Source> _all;
    private readonly Dictionary<string, int> _references = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<ReportItem> _items;

    public PictureSources(IReadOnlyList<ReportItem> items)
    {
        _items = items;
        _all = [.. items.Select(item => new Source(item.Sha256, item.LoadImage))];
        foreach (var item in items)
        {
            if (item is { LoadReference: { } load, Inspection.Registration.ReferenceSha256: { } sha256 } && _references.TryAdd(sha256, _all.Count))
            {
                _all.Add(new(sha256, load));
            }
        }
    }

    public Source this[int index] => _all[index];

    /// <summary>Index of the reference that an item was compared with; null if there is none to show.</summary>
    public int? ReferenceOf(int item) =>
        _items[item].Inspection?.Registration?.ReferenceSha256 is { } sha256 && _references.TryGetValue(sha256, out var index) ? index : null;

    /// <param name="Sha256">Recorded hash of the bytes.</param>
    /// <param name="Load">Loads the bytes; null if there are none any more.</param>
    internal sealed record Source(string Sha256, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> Load);
}
