namespace Chitti.Reports;

/// <summary>Places blocks one below the other and begins a new page when one does not fit.</summary>
internal sealed class PageFlow
{
    /// <summary>Rows of a table that are kept with its header.</summary>
    private const int FirstRows = 2;

    private readonly List<List<(float Top, Block Block)>> _pages = [[]];
    private float _top = Sheet.Top;

    public IReadOnlyList<IReadOnlyList<(float Top, Block Block)>> Pages => _pages;

    /// <summary>The 1-based page on which each item's own section begins.</summary>
    public Dictionary<int, int> Sections { get; } = [];

    public float Remaining => Sheet.Bottom - _top;

    /// <param name="block">What to place.</param>
    /// <param name="with">Height of what must follow on the same page, so that a heading is never the last thing on it.</param>
    public void Add(Block block, float with = 0)
    {
        if (block.Height + with > Remaining && _pages[^1].Count > 0)
        {
            NewPage();
        }

        _pages[^1].Add((_top, block));
        _top += block.Height;
    }

    /// <summary>Adds rows under a header that is repeated on every page they reach.</summary>
    public void AddTable(Block header, IEnumerable<Block> rows)
    {
        var placed = rows as IReadOnlyList<Block> ?? [.. rows];
        for (var i = 0; i < placed.Count; i++)
        {
            if (i == 0)
            {
                Add(header, placed.Take(FirstRows).Sum(row => row.Height));
            }
            else if (placed[i].Height > Remaining)
            {
                NewPage();
                Add(header);
            }
            Add(placed[i]);
        }
    }

    public void Space(float height) => _top = Math.Min(_top + (_pages[^1].Count == 0 ? 0 : height), Sheet.Bottom);

    public void BeginSection(int item) => Sections[item] = _pages.Count;

    public void NewPage()
    {
        if (_pages[^1].Count == 0)
        {
            return;
        }

        _pages.Add([]);
        _top = Sheet.Top;
    }
}
