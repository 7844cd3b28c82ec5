using System.Net;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>A server with more work than it can hold.</summary>
public sealed class BusyServerTests : IAsyncLifetime
{
    private TestServer? _server;

    private TestServer Server => _server!;

    public async Task InitializeAsync() =>
        _server = await TestServer.StartAsync("--Chitti:Detector:Sessions=1", "--Chitti:Detector:QueueImages=1");

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Fact]
    public async Task AnyCall_FullQueue_IsRefusedOnlyIfItNeedsTheDetector()
    {
        var slow = Pictures.Encode(4000, 4000, SKEncodedImageFormat.Png);
        var form = new Form();
        for (var i = 0; i < 60; i++)
        {
            form.File(slow);
        }

        var last = (await Server.AcceptAsync(form))[^1].Id();

        // Files fill the detector's queue, so a direct call is refused.
        using var refused = await Eventually.GetAsync(() => Server.DetectAsync(Pictures.Sample("good-1.jpg")), response => response.StatusCode != HttpStatusCode.OK);
        Assert.NotNull(refused.Headers.RetryAfter);
        await Problem.AssertAsync(refused, HttpStatusCode.TooManyRequests, "queue is full");

        await Problem.AssertAsync(await Server.Http.GetAsync($"/api/files/{last}/annotated"), HttpStatusCode.Conflict, "not been inspected yet");
        using var thumbnail = await Server.Http.GetAsync($"/api/files/{last}/thumbnail");
        Assert.Equal(HttpStatusCode.OK, thumbnail.StatusCode);

        // A waiting file can be deleted.
        using var deleted = await Server.Http.DeleteAsync($"/api/files/{last}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }
}
