using System.Collections.Concurrent;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Uploads of one and of several files, with and without a key, sent by several clients.</summary>
internal sealed class UploadPlan
{
    private const int Clients = 6;
    private static readonly int[] _parts = [1, 1, 3, 5];

    public UploadPlan(int files)
    {
        var names = new Queue<string>(Enumerable.Range(0, files).Select(number => $"part-{number:000}.jpg"));
        while (names.Count > 0)
        {
            var parts = Math.Min(_parts[Uploads.Count % _parts.Length], names.Count);

            // A key in every other round of the sizes, so each size occurs with and without one.
            var key = Uploads.Count / _parts.Length % 2 == 0 ? $"upload-{Uploads.Count}" : null;
            Uploads.Add(new([.. Enumerable.Range(0, parts).Select(_ => names.Dequeue()).Select(name => (name, Draw(name)))], key));
        }
    }

    public List<PlannedUpload> Uploads { get; } = [];

    public IEnumerable<PlannedUpload> Unanswered => Uploads.Where(upload => upload.Answer is null);

    public int CountAccepted() => Uploads.Where(upload => upload.Answer is not null).Sum(upload => upload.Files.Count);

    /// <summary>Sends the uploads without a response. Ends early, without failing, if the server dies.</summary>
    public Task SendAsync(HttpClient http)
    {
        var open = new ConcurrentQueue<PlannedUpload>(Unanswered);
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            try
            {
                while (open.TryDequeue(out var upload))
                {
                    await upload.SendAsync(http);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
            }
        }));
    }

    /// <summary>A small image, different from all others.</summary>
    private static byte[] Draw(string name)
    {
        using var bitmap = new SKBitmap(160, 120, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var random = new Random(name.Sum(letter => letter * 31));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        for (var i = 0; i < 8; i++)
        {
            paint.Color = new((uint)random.Next() | 0xFF000000);
            canvas.DrawRect(random.Next(160), random.Next(120), random.Next(80), random.Next(60), paint);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
