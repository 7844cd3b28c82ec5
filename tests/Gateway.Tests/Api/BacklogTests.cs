using System.Net;
using Chitti.Imaging;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Uploads to a server on which as many files wait as its setting allows; they wait for the memory of their pixels.</summary>
public sealed class BacklogTests : IAsyncLifetime, IDisposable
{
    private const int Max = 3;

    private static readonly byte[] _slow = Pictures.Encode(3_000, 3_000, SKEncodedImageFormat.Png);
    private static readonly byte[] _small = Pictures.Sample("good-1.jpg");

    private TestServer? _server;
    private ImageDecoder? _decoder;
    private DecodedImage _held;

    private TestServer Server => _server!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(
            "--Chitti:Detector:Sessions=1", "--Chitti:Detector:DecodedBytes=70000000", $"--Chitti:Limits:MaxUnfinishedFiles={Max}");
        _decoder = new(new(), TimeProvider.System, Server.Services.GetRequiredService<PixelBudget>());
        Assert.True(_decoder.TryDecode(_slow, null, out _held, out _));
    }

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose() => _decoder?.Dispose();

    [Fact]
    public async Task PostFiles_BacklogIsFull_IsRefusedWithoutATrace()
    {
        await AcceptSlowAsync(Max);

        await AssertRefusedAsync(new Form().File(_small), key: null);
    }

    [Fact]
    public async Task PostFiles_BacklogIsFull_KeyStaysFreeAndIsAcceptedAfterwards()
    {
        const string Key = "later";
        await AcceptSlowAsync(Max);
        await AssertRefusedAsync(new Form().File(_small), Key);

        // Also a different body: what was refused is not remembered.
        await AssertRefusedAsync(new Form().File(_slow).File(_small), Key);
        _held.Dispose();

        using var accepted = await Eventually.GetAsync(
            () => Server.PostFilesAsync(new Form().File(_small), Key), response => response.StatusCode != HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("completed", (await Server.EndAsync((await Json.ItemsAsync(accepted))[0].Id())).Text("state"));
    }

    [Fact]
    public async Task PostFiles_RepeatedWhileBacklogIsFull_GetsItsFirstAnswer()
    {
        const string Key = "first";
        var form = Enumerable.Range(0, Max).Aggregate(new Form(), (form, _) => form.File(_slow));
        using var first = await Server.PostFilesAsync(form, Key);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        using var second = await Server.PostFilesAsync(form, Key);

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("batch")]
    public async Task PostFiles_BatchLargerThanTheRoomLeft_IsRefusedWhole(string? key)
    {
        await AcceptSlowAsync(Max - 1);

        await AssertRefusedAsync(new Form().File(_slow).File(_small), key);

        using var one = await Server.PostFilesAsync(new Form().File(_slow), key);
        Assert.Equal(HttpStatusCode.Accepted, one.StatusCode);
    }

    [Fact]
    public async Task PostFiles_BatchLargerThanTheSettingWhileNothingWaits_IsAccepted() => await AcceptSlowAsync(Max + 1);

    [Fact]
    public async Task PostFiles_BacklogFillsWhileTheBodyComes_IsRefusedWithoutATrace()
    {
        var body = new Form().File(_small).ToArray();
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/files", $"Content-Type: {Form.ContentType}", $"Content-Length: {body.Length}"));
        await call.SendAsync(body[..^1_000]);
        await Eventually.GetAsync(() => Task.FromResult(Traces.StagedBytes(Server).Count), staged => staged == 1);
        await AcceptSlowAsync(Max);

        await call.SendAsync(body[^1_000..]);

        var answer = await call.ReadAsync();
        Assert.StartsWith("HTTP/1.1 429 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: ", answer, StringComparison.Ordinal);
        Assert.Equal(Max, Json.Items(await Server.GetJsonAsync("/api/files")).Length);
        Assert.Empty(Traces.StagedBytes(Server));
    }

    [Fact]
    public async Task PostFiles_ManyAtOnce_AreNeverMoreThanTheSetting()
    {
        using var start = new SemaphoreSlim(0);
        var answers = Enumerable.Range(0, 12).Select(async _ =>
        {
            await start.WaitAsync();
            using var response = await Server.PostFilesAsync(new Form().File(_slow));
            return response.StatusCode;
        }).ToList();
        start.Release(answers.Count);

        var statuses = await Task.WhenAll(answers);

        Assert.Equal(Max, statuses.Count(status => status == HttpStatusCode.Accepted));
        Assert.Equal(12 - Max, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(Max, Json.Items(await Server.GetJsonAsync("/api/files")).Length);
    }

    private async Task AcceptSlowAsync(int files) =>
        Assert.Equal(files, (await Server.AcceptAsync(Enumerable.Range(0, files).Aggregate(new Form(), (form, _) => form.File(_slow)))).Length);

    private Task AssertRefusedAsync(Form form, string? key) => Traces.AssertNoneAsync(Server, async () =>
    {
        using var response = await Server.PostFilesAsync(form, key);
        Assert.InRange(response.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await Problem.AssertAsync(response, HttpStatusCode.TooManyRequests, "files wait");
    });
}
