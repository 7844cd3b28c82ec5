using System.Net;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Small files whose decoding takes hundreds of megabytes, on a server that has two gibibytes.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    private const long Limit = 2L << 30;
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PostFiles_InterlacedPngOver16BitsTwice_IsRefusedWithBytesNeededAndAllowed()
    {
        await using var group = MemoryGroup.Create(Limit);
        if (group is null)
        {
            return;
        }

        var png = Interlaced(10_000);
        await using var server = await StartAsync(group);
        foreach (var path in new[] { "/api/files", "/api/files", "/api/detect" })
        {
            using var content = path == "/api/detect" ? new ByteArrayContent(png) : new Form().File(png).ToContent();
            using var response = await server.Http.PostAsync(path, content);

            await Problem.AssertAsync(response, HttpStatusCode.UnprocessableEntity, "bytes of memory", "1073741824");
        }

        await AssertAliveAsync(server, group);
    }

    [Fact]
    public async Task PostFiles_InterlacedPngsThatFitOnce_AreInspectedOneAfterTheOther()
    {
        await using var group = MemoryGroup.Create(Limit);
        if (group is null)
        {
            return;
        }

        await using var server = await StartAsync(group, ("Chitti__Detector__DecodedBytes", "1300000000"));
        await AcceptAsync(server, Interlaced(10_000), 2);

        await AssertCompletedAsync(2);
        await AssertAliveAsync(server, group);
    }

    [Fact]
    public async Task PostFiles_EightProgressiveJpegsOf100Megapixels_AreInspectedWithinTheLimit()
    {
        await using var group = MemoryGroup.Create(Limit);
        if (group is null)
        {
            return;
        }

        await using var server = await StartAsync(group);
        await AcceptAsync(server, new JpegMaker(10_000, 10_000) { Progressive = true }.ToArray(), 8);

        await AssertCompletedAsync(8);
        foreach (var id in _folder.Texts("SELECT id FROM files"))
        {
            using var thumbnail = await server.Http.GetAsync($"/api/files/{id}/thumbnail");
            Assert.Equal(HttpStatusCode.OK, thumbnail.StatusCode);
        }

        await AssertAliveAsync(server, group);
    }

    [Fact]
    public async Task PostFiles_SmallWebPsOfManyCodeSets_FailWithTheMemoryTheyNeed()
    {
        await using var group = MemoryGroup.Create(Limit);
        if (group is null)
        {
            return;
        }

        await using var server = await StartAsync(group);
        await AcceptAsync(server, WebPMaker.Lossless(1_024, 1_024, 65_536), 4);
        await AcceptAsync(server, WebPMaker.Lossless(512, 512, 16_384, costly: true), 4);
        await _folder.WhenSettledAsync();

        Assert.Equal(4, _folder.Scalar("SELECT count(*) FROM files WHERE state = 'completed'"));
        Assert.Equal(4, _folder.Scalar("SELECT count(*) FROM files WHERE state = 'failed' AND error LIKE '%bytes of memory; at most 1073741824 are allowed%'"));
        await AssertAliveAsync(server, group);
    }

    [Fact]
    public async Task PostFiles_AsManyLargeFilesAsThereArePartitions_AreReadWhereThereIsRoom()
    {
        if (Environment.GetEnvironmentVariable("CHITTI_LONG") != "1")
        {
            return;
        }

        await using var group = MemoryGroup.Create(Limit);
        if (group is null)
        {
            return;
        }

        var comment = Pictures.WithSegment([0xFF, 0xD8], 0xFE, new byte[65_000])[2..];
        var jpeg = Pictures.Sample("good-1.jpg");
        byte[] large = [.. jpeg[..2], .. Enumerable.Repeat(comment, 1_480).SelectMany(bytes => bytes), .. jpeg[2..]];

        // Many copies wait in line; an image that takes long to decode holds the sessions until all have come.
        await using var server = await StartAsync(group, ("Chitti__Detector__Sessions", "1"));
        await AcceptAsync(server, new JpegMaker(10_000, 10_000) { Progressive = true }.ToArray(), 4);
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await AcceptAsync(server, large, 1));

        await AssertCompletedAsync(24);
        await AssertAliveAsync(server, group);
    }

    [Fact]
    public async Task Restart_FileThatTheProcessDiedOfThreeTimes_EndsAsFailedWithTheReason()
    {
        // Takes long enough to decode that the process can be killed meanwhile.
        var slow = new PngMaker(10_000, 10_000) { ColourType = 6, Interlaced = true }.ToArray();
        for (var death = 1; death <= 3; death++)
        {
            await using var server = await ServerProcess.StartAsync(Options(("Chitti__Work__LeaseDuration", "00:00:02")));
            if (death == 1)
            {
                await AcceptAsync(server, slow, 1);
            }

            await Wait.UntilAsync(
                () => _folder.Scalar($"SELECT count(*) FROM work WHERE attempts = {death} AND lease_holder IS NOT NULL") == 1,
                () => $"attempt {death} has begun:\n{server.Output}");
            await server.KillAsync();
        }

        await using var last = await ServerProcess.StartAsync(Options(("Chitti__Work__LeaseDuration", "00:00:02")));
        await _folder.WhenSettledAsync();

        Assert.Equal("3 attempts ended without a result, the last with: the process ended during the attempt", Assert.Single(_folder.Texts("SELECT error FROM files WHERE state = 'failed'")));
        using var sound = await last.Http.PostAsync("/api/detect", new ByteArrayContent(Pictures.Sample("good-1.jpg")));
        Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
    }

    private static byte[] Interlaced(int side) => new PngMaker(side, side) { ColourType = 6, Bits = 16, Interlaced = true }.ToArray();

    private ServerOptions Options(params (string Name, string Value)[] settings) => new(_folder.Path)
    {
        // Decoding so much takes seconds of processor time on a slow machine.
        Environment = settings.Append(("Chitti__Limits__DecodeTimeout", "00:01:00")).ToDictionary(setting => setting.Item1, setting => setting.Item2),
    };

    private Task<ServerProcess> StartAsync(MemoryGroup group, params (string, string)[] settings) =>
        ServerProcess.StartAsync(Options(settings) with { Prefix = group.Command });

    private static async Task AcceptAsync(ServerProcess server, byte[] image, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await server.Http.PostAsync("/api/files", new Form().File(image).ToContent());
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        }
    }

    private async Task AssertCompletedAsync(int files)
    {
        await _folder.WhenSettledAsync();
        var errors = string.Join('\n', _folder.Texts("SELECT error FROM files WHERE error IS NOT NULL"));
        Assert.True(_folder.Scalar("SELECT count(*) FROM files WHERE state = 'completed'") == files, errors);
    }

    private static async Task AssertAliveAsync(ServerProcess server, MemoryGroup group)
    {
        using var response = await server.Http.PostAsync("/api/detect", new ByteArrayContent(Pictures.Sample("good-1.jpg")));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(group.Kills == 0, $"{group.Kills} processes were killed; {group.PeakBytes} bytes at the peak");
    }
}
