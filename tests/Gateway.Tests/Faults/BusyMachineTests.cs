using System.Net;
using System.Text.RegularExpressions;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>A server whose decoding threads get two milliseconds of processor time per second, while all else goes on.</summary>
public sealed partial class BusyMachineTests : IDisposable
{
    // More than the attempts that a file has.
    private const int Interruptions = 4;

    // By the clock, decoding is given up after twenty times as long.
    private const string DecodeTimeout = "00:00:00.3";

    private static readonly byte[] _slow = new PngMaker(3_000, 3_000).ToArray();

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PostDetect_NoProcessorTimeForDecoding_Is503AndNotTheImagesFault()
    {
        await using var server = await StartAsync();
        using var group = ProcessorGroup.Create(0.002);
        if (group is null)
        {
            return;
        }

        group.Add(server.Id, "detection ");
        using var busy = await server.Http.PostAsync("/api/detect", new ByteArrayContent(_slow));

        Assert.NotNull(busy.Headers.RetryAfter);
        await Problem.AssertAsync(busy, HttpStatusCode.ServiceUnavailable, "The machine is too busy", "6 s");

        group.Release();
        using var idle = await server.Http.PostAsync("/api/detect", new ByteArrayContent(_slow));
        Assert.Equal(HttpStatusCode.OK, idle.StatusCode);
    }

    [Fact]
    public async Task PostFiles_NoProcessorTimeForDecoding_IsPutBackAndCompletesLater()
    {
        await using var server = await StartAsync();
        using var group = ProcessorGroup.Create(0.002);
        if (group is null)
        {
            return;
        }

        group.Add(server.Id, "detection ");
        using var accepted = await server.Http.PostAsync("/api/files", new Form().File(_slow).ToContent());
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        await Wait.UntilAsync(() => Interrupted().Count(server.Output) >= Interruptions, () => $"the file is put back:\n{server.Output}");
        Assert.Equal("queued", Assert.Single(_folder.Texts("SELECT state FROM files")));

        // One while it is being tried.
        Assert.InRange(_folder.Scalar("SELECT attempts FROM work"), 0, 1);

        group.Release();
        await _folder.WhenSettledAsync();
        Assert.Equal("completed", Assert.Single(_folder.Texts("SELECT state FROM files")));
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(new(_folder.Path)
    {
        Environment = new Dictionary<string, string>
        {
            ["Chitti__Limits__DecodeTimeout"] = DecodeTimeout,
            ["Chitti__Limits__DetectTimeout"] = "00:01:00",
            ["Chitti__Detector__Sessions"] = "1",
        },
    });

    [GeneratedRegex("waits for an outage to end: .*The machine is too busy")]
    private static partial Regex Interrupted();
}
