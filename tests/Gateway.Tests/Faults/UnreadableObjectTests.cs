using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>An object that can't be read costs its own file and no other.</summary>
public sealed class UnreadableObjectTests : IDisposable
{
    // One partition: what holds one file up would hold up all.
    private static readonly Dictionary<string, string> _onePartition = new() { ["Chitti__Work__Partitions"] = "1" };

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Process_FolderInThePlaceOfAnObject_EndsThatFileAndInspectsTheOthers()
    {
        var unreadable = await QueueAsync();
        File.Delete(_folder.PathOf(unreadable));
        Directory.CreateDirectory(_folder.PathOf(unreadable));

        await AssertOthersGoOnAsync(new(_folder.Path) { Environment = _onePartition }, "can't be read");
    }

    [Fact]
    public async Task Process_ReadingOneObjectFails_EndsThatFileAndInspectsTheOthers()
    {
        if (!OperatingSystem.IsLinux())
        {
            NotRun.Say("input errors while an object is read: needs strace");
            return;
        }

        var path = _folder.PathOf(await QueueAsync());
        string[] strace = ["strace", "-D", "-f", "-qq", "-o", "/dev/null", "-P", path, "-e", "trace=read,pread64", "-e", "inject=read,pread64:error=EIO"];

        await AssertOthersGoOnAsync(new(_folder.Path) { Environment = _onePartition, Prefix = strace }, "Input/output error");
    }

    /// <summary>Leaves files that were accepted and not inspected.</summary>
    /// <returns>Key of the first of them.</returns>
    private async Task<string> QueueAsync()
    {
        await using (var server = await ServerProcess.StartAsync(new(_folder.Path) { Environment = _onePartition }))
        {
            var sample = await File.ReadAllBytesAsync(StoredFiles.Sample("open.jpg"));
            await new PlannedUpload([("slow.png", Plain(6_000)), ("unreadable.jpg", sample), ("next.jpg", sample), ("last.jpg", sample)], null).SendAsync(server.Http);
            await server.KillAsync();
        }

        Assert.Equal(0, _folder.CountInspected());
        return Assert.Single(_folder.Texts("SELECT object_key FROM files WHERE name = 'unreadable.jpg'"));
    }

    private async Task AssertOthersGoOnAsync(ServerOptions options, string why)
    {
        await using var server = await ServerProcess.StartAsync(options);
        await _folder.WhenSettledAsync();

        Assert.Equal(
            ["last.jpg completed", "next.jpg completed", "slow.png completed", "unreadable.jpg failed"],
            _folder.Texts("SELECT name || ' ' || state FROM files ORDER BY name"));
        Assert.Contains(why, _folder.Texts("SELECT error FROM files WHERE error IS NOT NULL").Single(), StringComparison.Ordinal);
        using var ready = await server.Http.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var id = _folder.Texts("SELECT id FROM files WHERE name = 'unreadable.jpg'").Single();
        using var content = await server.Http.GetAsync($"/api/files/{id}/content");
        Assert.Equal(HttpStatusCode.InternalServerError, content.StatusCode);
        Assert.Equal("application/problem+json", content.Content.Headers.ContentType!.MediaType);
        Assert.Equal("failed", (await server.Http.GetFromJsonAsync<JsonElement>($"/api/files/{id}")).GetProperty("state").GetString());
    }

    /// <summary>One shade of grey: few bytes, however long it takes to decode.</summary>
    private static byte[] Plain(int side)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Gray8, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.Gray);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
