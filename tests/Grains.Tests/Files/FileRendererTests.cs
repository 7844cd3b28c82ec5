using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Storage;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

public sealed class FileRendererTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Render_ManyAtOnce_ReadsAsManyOriginalsAsThereAreSlots()
    {
        var objects = new SlowReading(new FolderObjectStore(new() { Root = _folder.Path }));
        using var cpu = new CpuQueue(2);
        var renderer = new FileRenderer(objects, cpu, new(() => throw new InvalidOperationException("No text is drawn.")), new ImageDecoders());
        var files = new List<FileSnapshot>();
        for (byte i = 0; i < 8; i++)
        {
            files.Add(await StoreAsync(objects, [i]));
        }

        var replies = files.Select(file => renderer.RenderAsync(file, Rendition.Thumbnail, CancellationToken.None)).ToList();
        await Eventually.GetAsync(() => Task.FromResult(objects.Reading), reading => reading >= 2);
        objects.Go.SetResult();

        // No image, so none can be rendered; all were read.
        Assert.All(await Task.WhenAll(replies), reply => Assert.Equal(RenditionRefusal.Impossible, reply.Refusal));
        Assert.Equal(2, objects.MostReading);
    }

    private static async Task<FileSnapshot> StoreAsync(IObjectStore objects, byte[] bytes)
    {
        var id = Guid.CreateVersion7();
        var key = $"files/{id.ToString("N")[^2..]}/{id:N}/original";
        await Uploads.PutAsync(objects, key, bytes);
        return new()
        {
            Id = id,
            Status = FileStatus.Queued,
            Metadata = new()
            {
                Name = "board.jpg",
                Size = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                MediaType = "image/jpeg",
                Width = 640,
                Height = 640,
                ObjectKey = key,
                Profile = new("pcb-defects", 1),
                CreatedAt = Samples.Accepted,
            },
        };
    }
}
