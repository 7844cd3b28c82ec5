using Chitti.Imaging;

namespace Chitti.Reports;

/// <summary>
/// Holds the pictures of the page that is drawn next, and reads ahead the encoded bytes of a few more. A picture is released
/// after the last page that shows it.
/// </summary>
internal sealed class PictureLoader : IDisposable
{
    private const int ReadAhead = 4;
    private const long LosslessPixelsOfReport = 24_000_000;
    private readonly PictureSources _sources;
    private readonly Dictionary<int, int> _lastPage = [];
    private readonly Queue<int> _waiting = new();
    private readonly Queue<(int Item, Task<ReadOnlyMemory<byte>?> Bytes)> _reading = new();
    private readonly Dictionary<int, ReportPicture> _pictures = [];
    private readonly long _losslessPixels;
    private readonly ImageDecoders _decoders;

    public PictureLoader(PictureSources sources, int items, IReadOnlyList<IReadOnlyList<(float Top, Block Block)>> pages, ImageDecoders decoders)
    {
        _sources = sources;
        _decoders = decoders;
        _losslessPixels = LosslessPixelsOfReport / items;
        for (var page = 0; page < pages.Count; page++)
        {
            foreach (var item in pages[page].SelectMany(placed => placed.Block.Pictures))
            {
                if (!_lastPage.ContainsKey(item))
                {
                    _waiting.Enqueue(item);
                }

                _lastPage[item] = page;
            }
        }
    }

    public IReadOnlyDictionary<int, ReportPicture> Pictures => _pictures;

    /// <summary>Loads the pictures of a page; their indices must come in the order of their first page.</summary>
    public async Task LoadAsync(IEnumerable<int> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            while (!_pictures.ContainsKey(item))
            {
                StartReading(cancellationToken);
                var (next, bytes) = _reading.Dequeue();
                _pictures[next] = ReportPicture.Load(await bytes, _sources[next].Sha256, _losslessPixels, _decoders);
            }
        }

        StartReading(cancellationToken);
    }

    public void Release(int page)
    {
        foreach (var item in _pictures.Keys.Where(i => _lastPage[i] <= page).ToList())
        {
            _pictures[item].Dispose();
            _pictures.Remove(item);
        }
    }

    public void Dispose()
    {
        foreach (var picture in _pictures.Values)
        {
            picture.Dispose();
        }
    }

    private void StartReading(CancellationToken cancellationToken)
    {
        while (_reading.Count < ReadAhead && _waiting.TryDequeue(out var item))
        {
            _reading.Enqueue((item, _sources[item].Load(cancellationToken).AsTask()));
        }
    }
}
