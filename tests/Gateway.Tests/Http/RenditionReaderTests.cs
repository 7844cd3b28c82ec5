using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chitti.Gateway.Tests;

public sealed class RenditionReaderTests : IDisposable
{
    private const string Key = "files/00/1/annotated";

    private readonly TempFolder _folder = new();
    private readonly FolderObjectStore _objects;
    private int _calls;

    public RenditionReaderTests() => _objects = new(new() { Root = _folder.Path });

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FileWasInspectedMeanwhile_GivesWhatTheGrainRendered()
    {
        await StoreAsync("the inspection-annotated");

        var (rendered, reply) = await Reader("the inspection-annotated").OpenAsync(Guid.Empty, Rendition.Annotated, CancellationToken.None);

        await using (rendered)
        {
            Assert.Equal((3, "the inspection-annotated", 1), (rendered!.Length, reply!.Tag, _calls));
        }
    }

    [Fact]
    public async Task Open_StoredForAnotherInspection_IsDeleted()
    {
        await StoreAsync("another-annotated");

        var (rendered, _) = await Reader("the inspection-annotated").OpenAsync(Guid.Empty, Rendition.Annotated, CancellationToken.None);

        Assert.Null(rendered);
        Assert.Null(await _objects.GetInfoAsync(Key));
    }

    private RenditionReader Reader(string tag)
    {
        var grain = Fake.Of<IFileGrain>((_, _) =>
        {
            _calls++;
            return Task.FromResult(RenditionReply.Of(Key, tag));
        });
        return new(Fake.Of<IGrainFactory>((_, _) => grain), _objects, NullLogger<RenditionReader>.Instance);
    }

    private async Task StoreAsync(string tag)
    {
        await using var staged = await _objects.StageAsync();
        await staged.Content.WriteSealedAsync(new byte[] { 1, 2, 3 }, tag);
        await staged.CommitAsync(Key);
    }
}
