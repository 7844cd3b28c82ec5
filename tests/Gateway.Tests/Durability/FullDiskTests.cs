using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>An upload without enough disk space is refused with 507 and leaves nothing; accepted work completes once there is space.</summary>
public class FullDiskTests
{
    private const int DiskMegabytes = 128;
    private const long Plenty = 48L << 20;
    private const int Block = 4096;

    private static readonly Dictionary<string, string> _noReserve = new() { ["Chitti__ReserveBytes"] = "0" };

    [Fact]
    public async Task PostFiles_NoSpaceForTheBytes_Gives507AndLeavesNothing()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        if (disk is null)
        {
            return;
        }

        await using var server = await ServerProcess.StartAsync(new(disk.Folder.Path) { Environment = _noReserve });
        await AssertAcceptedAsync(server.Http, Noise(100), "before");
        var large = Noise(700);
        disk.Leave(large.Length / 2);

        await AssertFullAsync(server.Http, large, "large");
        await disk.Folder.WhenSettledAsync();
        disk.Folder.AssertWhole(1);

        disk.Free();
        await AssertAcceptedAsync(server.Http, large, "large");
        await disk.Folder.WhenSettledAsync();
        disk.Folder.AssertWhole(2);
    }

    [Fact]
    public async Task PostFiles_ReserveReached_Gives507AndAcceptedWorkEnds()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        if (disk is null)
        {
            return;
        }

        await using var server = await ServerProcess.StartAsync(new(disk.Folder.Path));
        await AssertAcceptedAsync(server.Http, Noise(100), "before");
        disk.Leave(Plenty);

        await AssertFullAsync(server.Http, Noise(100), "refused");
        await disk.Folder.WhenSettledAsync();
        disk.Folder.AssertWhole(1);

        disk.Free();
        await AssertAcceptedAsync(server.Http, Noise(100), "refused");
        await disk.Folder.WhenSettledAsync();
        disk.Folder.AssertWhole(2);
    }

    [Fact]
    public async Task PostFiles_BytesWouldTakeTheReserve_Gives507AndLeavesIt()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        if (disk is null)
        {
            return;
        }

        const long Reserve = 16 << 20;
        await using var server = await ServerProcess.StartAsync(
            new(disk.Folder.Path) { Environment = new Dictionary<string, string> { ["Chitti__ReserveBytes"] = $"{Reserve}" } });
        var large = Noise(2_000);
        disk.Leave(Reserve + large.Length / 2);

        await AssertFullAsync(server.Http, large, "large");

        Assert.True(disk.FreeBytes >= Reserve, $"{disk.FreeBytes} bytes are free");
        disk.Free();
        await AssertAcceptedAsync(server.Http, large, "large");
        await disk.Folder.WhenSettledAsync();
        disk.Folder.AssertWhole(1);
    }

    /// <summary>Deleting files must free space on a full disk, also after a restart.</summary>
    [Fact]
    public async Task DeleteFile_DiskFull_RemovesItAndMakesRoom()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        if (disk is null)
        {
            return;
        }

        const int Files = 12;
        var options = new ServerOptions(disk.Folder.Path) { Environment = _noReserve };
        await using (var server = await ServerProcess.StartAsync(options))
        {
            for (var i = 0; i < Files; i++)
            {
                await AssertAcceptedAsync(server.Http, Noise(300 + i), $"file-{i}");
            }

            await disk.Folder.WhenSettledAsync();
            disk.Leave(0);
            await AssertFullAsync(server.Http, Noise(100), "refused");
            await DeleteOneAsync(server.Http);
            disk.Folder.AssertWhole(Files, deleted: 1);
            disk.Leave(0);
            await server.KillAsync();
        }

        disk.Free();
        await using (var server = await ServerProcess.StartAsync(options))
        {
            disk.Leave(0);
            await server.KillAsync();
        }

        await using var restarted = await ServerProcess.StartAsync(options with { WhenReady = false });
        for (var i = 1; i < Files; i++)
        {
            await DeleteOneAsync(restarted.Http);
        }

        disk.Folder.AssertWhole(Files, deleted: Files);
    }

    [Fact]
    public async Task DeleteFile_ObjectsOnAFullVolumeOfTheirOwn_StartsAndMakesRoom()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        if (disk is null)
        {
            return;
        }

        using var folder = new DataFolder();
        Directory.CreateDirectory(folder.Path);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "objects"), Directory.CreateDirectory(Path.Combine(disk.Folder.Path, "objects")).FullName);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "staging"), Directory.CreateDirectory(Path.Combine(disk.Folder.Path, "staging")).FullName);
        var options = new ServerOptions(folder.Path) { Environment = _noReserve };
        var large = Noise(700);
        await using (var server = await ServerProcess.StartAsync(options))
        {
            await AssertAcceptedAsync(server.Http, large, "large");
            await folder.WhenSettledAsync();
        }

        disk.Leave(0);
        await using var restarted = await ServerProcess.StartAsync(options with { WhenReady = false });
        await AssertFullAsync(restarted.Http, large, "refused");
        await DeleteOneAsync(restarted.Http);

        Assert.True(disk.FreeBytes >= large.Length, $"{disk.FreeBytes} bytes are free");
        await AssertAcceptedAsync(restarted.Http, Noise(100), "after");
    }

    private static async Task DeleteOneAsync(HttpClient http)
    {
        var list = await http.GetFromJsonAsync<JsonElement>("/api/files?limit=1");
        using var response = await http.DeleteAsync($"/api/files/{list.GetProperty("items")[0].GetProperty("id").GetString()}");
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Reduces the free space block by block, so that each write of an upload is once the first to fail.</summary>
    [Fact]
    public async Task PostFiles_DiskFullAtAnyWrite_AcceptsAllOrLeavesNothing()
    {
        using var disk = SmallDisk.Mount(DiskMegabytes);
        if (disk is null)
        {
            return;
        }

        await using var server = await ServerProcess.StartAsync(new(disk.Folder.Path) { Environment = _noReserve });
        var image = Noise(40);
        await AssertAcceptedAsync(server.Http, image, "before");
        await disk.Folder.WhenSettledAsync();
        var (accepted, refused) = (1, 0);
        for (var blocks = 48; blocks >= 0; blocks--)
        {
            disk.Leave(blocks * Block);
            var key = $"blocks-{blocks}";
            using (var response = await PostAsync(server.Http, image, key))
            {
                Assert.True(
                    response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.InsufficientStorage,
                    $"{blocks} blocks: {response.StatusCode}: {await response.Content.ReadAsStringAsync()}\n{server.Output}");
                _ = response.StatusCode == HttpStatusCode.Accepted ? accepted++ : refused++;
            }

            Assert.True(accepted == disk.Folder.CountAccepted(), $"{blocks} blocks: {disk.Folder.CountAccepted()} rows, {accepted} accepted\n{server.Output}");
            disk.Free();

            // With space again the key is free for another attempt, or gives its response.
            await Wait.UntilAsync(async () =>
            {
                using var again = await PostAsync(server.Http, image, key);
                return again.StatusCode == HttpStatusCode.Accepted;
            }, () => $"{blocks} blocks: the key can be used again\n{server.Output}");
            accepted = disk.Folder.CountAccepted();
        }

        Assert.NotEqual(0, refused);
        await disk.Folder.WhenSettledAsync();
        disk.Folder.AssertWhole(49 + 1);
    }

    private static async Task AssertAcceptedAsync(HttpClient http, byte[] image, string key)
    {
        using var response = await PostAsync(http, image, key);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task AssertFullAsync(HttpClient http, byte[] image, string key)
    {
        using var response = await PostAsync(http, image, key);
        Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(507, problem.GetProperty("status").GetInt32());
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, byte[] image, string key)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(image), "file", "noise.png" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    /// <summary>A square image with sides of this many pixels, three bytes each in the file.</summary>
    private static byte[] Noise(int side)
    {
        using var bitmap = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        new Random(side).NextBytes(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
