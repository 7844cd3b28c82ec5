using System.Net;
using Chitti.Detection;
using Chitti.Imaging;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Pictures that decode slowly, here because the memory for their pixels is taken, beside others that do not.</summary>
public sealed class SlowPictureTests : IAsyncLifetime, IDisposable
{
    private const int SlowCalls = 12;

    private static readonly byte[] _slow = Pictures.Encode(3_000, 3_000, SKEncodedImageFormat.Png);
    private static readonly byte[] _small = Pictures.Sample("good-1.jpg");

    private TestServer? _server;
    private ImageDecoder? _decoder;
    private DecodedImage _held;

    private TestServer Server => _server!;

    private int QueueLength => Server.Services.GetRequiredService<DetectionEngines>().QueueLength;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose() => _decoder?.Dispose();

    [Fact]
    public async Task AnyCall_SlowPicturesWait_SmallOnesAreInspected()
    {
        await StartAsync(TimeSpan.FromSeconds(4));
        var slow = await SendSlowAsync(SlowCalls);

        using var direct = await Server.DetectAsync(_small);
        Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
        Assert.Equal("completed", (await Server.InspectAsync(_small)).Text("state"));
        await AssertRefusedAsync(slow);
    }

    [Fact]
    public async Task PostFiles_SlowPicturesWait_TheirOwnTurnComes()
    {
        await StartAsync(TimeSpan.FromSeconds(4));
        var slow = await SendSlowAsync(SlowCalls);
        var file = await Server.AcceptAsync(_slow);

        await AssertRefusedAsync(slow);
        _held.Dispose();

        Assert.Equal("completed", (await Server.EndAsync(file)).Text("state"));
    }

    [Fact]
    public async Task PostDetect_TimeIsUp_LeavesNothingInTheQueue()
    {
        await StartAsync(TimeSpan.FromSeconds(4));
        await AssertRefusedAsync(await SendSlowAsync(SlowCalls));

        Assert.Equal(0, QueueLength);
        await AssertNobodyWaitsForMemoryAsync();
    }

    [Fact]
    public async Task PostDetect_ClientsGone_LeavesNothingInTheQueue()
    {
        await StartAsync(TimeSpan.FromMinutes(5));
        var calls = new List<RawCall>();
        for (var i = 0; i < SlowCalls; i++)
        {
            var call = await RawCall.OpenAsync(Server);
            calls.Add(call);
            await call.SendAsync(RawCall.Head(Server, "/api/detect", "Content-Type: image/png", $"Content-Length: {_slow.Length}"));
            await call.SendAsync(_slow);
        }

        await WaitForQueueAsync(length => length == SlowCalls - 1);
        calls.ForEach(call => call.Abort());

        await WaitForQueueAsync(length => length == 0);
        await AssertNobodyWaitsForMemoryAsync();
    }

    [Fact]
    public async Task PostDetect_MoreSlowPicturesThanThereIsTimeFor_RestIsRefusedAtOnce()
    {
        // Each is taken to need a second until one was measured.
        await StartAsync(TimeSpan.FromSeconds(4));
        var slow = await SendSlowAsync(SlowCalls);

        var refused = await Task.WhenAny(slow);

        Assert.Contains(slow, call => !call.IsCompleted);
        using var response = await refused;
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await AssertRefusedAsync(slow.Except([refused]));
    }

    private async Task StartAsync(TimeSpan timeout)
    {
        // Room for one slow picture, and that is taken.
        _server = await TestServer.StartAsync(
            "--Chitti:Detector:Sessions=1", "--Chitti:Detector:DecodedBytes=70000000", $"--Chitti:Limits:DetectTimeout={timeout}");
        _decoder = new(new(), TimeProvider.System, Server.Services.GetRequiredService<PixelBudget>());
        Assert.True(_decoder.TryDecode(_slow, null, out _held, out _));
        await Eventually.GetAsync(() => Server.DetectAsync(_small), response => response.StatusCode == HttpStatusCode.OK);
    }

    private async Task<List<Task<HttpResponseMessage>>> SendSlowAsync(int count)
    {
        var calls = Enumerable.Range(0, count).Select(_ => Server.DetectAsync(_slow)).ToList();
        await WaitForQueueAsync(length => length > 0);
        return calls;
    }

    private static async Task AssertRefusedAsync(IEnumerable<Task<HttpResponseMessage>> calls)
    {
        foreach (var response in await Task.WhenAll(calls))
        {
            Assert.NotNull(response.Headers.RetryAfter);
            await Problem.AssertAsync(response, HttpStatusCode.TooManyRequests, "no time for this one");
        }
    }

    private Task<int> WaitForQueueAsync(Predicate<int> holds) => Eventually.GetAsync(() => Task.FromResult(QueueLength), length => holds(length));

    /// <summary>The thread that took the first of the slow pictures has given it up: it takes the next one as soon as there is memory.</summary>
    private async Task AssertNobodyWaitsForMemoryAsync()
    {
        _held.Dispose();
        using var next = await Server.DetectAsync(_slow);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }
}
