using System.Net;
using System.Text;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Requests that no HTTP library sends: cut off, longer than declared, endless.</summary>
[Collection(OneServer.Name)]
public class BrokenTransferTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task PostFiles_ClientGoneHalfway_LeavesNothing() =>
        await Traces.AssertNoneSoonAsync(Server, () => AbortHalfwayAsync());

    [Fact]
    public async Task PostFiles_ClientWithKeyGoneHalfway_LeavesTheKeyFree()
    {
        const string Key = "gone-halfway";
        await Traces.AssertNoneSoonAsync(Server, () => AbortHalfwayAsync($"Idempotency-Key: {Key}"));

        using var second = await Server.PostFilesAsync(new Form().File(Pictures.Sample("good-1.jpg")), Key);
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
    }

    [Fact]
    public async Task PostFiles_SenderShutsDownHalfway_LeavesNothing() => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        var body = LongUpload();
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/files", $"Content-Type: {Form.ContentType}", $"Content-Length: {body.Length}"));
        await call.SendAsync(body[..^1000]);
        call.EndSending();
        Assert.DoesNotContain("202", (await call.ReadAsync()).Split('\r')[0], StringComparison.Ordinal);
    });

    [Fact]
    public async Task PostFiles_BodyLongerThanDeclared_IsRefused() => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        var body = LongUpload();
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/files", $"Content-Type: {Form.ContentType}", $"Content-Length: {body.Length / 2}"));
        var answer = call.ReadAsync();
        await call.TrySendAsync(body);
        AssertProblem(await answer, 400);
    });

    [Theory]
    [InlineData("/api/files", Form.ContentType)]
    [InlineData("/api/detect", Form.ContentType)]
    [InlineData("/api/detect", "image/jpeg")]
    [InlineData("/api/profiles", "application/json")]
    public async Task Post_DeclaredLengthOverLimit_IsRefusedBeforeTheBodyIsSent(string path, string contentType) => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(
            Server, path, $"Content-Type: {contentType}", $"Content-Length: {100 * SharedServer.MaxUploadBytes}"));
        AssertProblem(await call.ReadAsync(), 413);
    });

    [Fact]
    public async Task PostFiles_EndlessChunks_IsRefusedAtTheLimit() => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/files", $"Content-Type: {Form.ContentType}", "Transfer-Encoding: chunked"));
        await call.SendAsync(Chunk(new Form().File(Pictures.Sample("good-1.jpg")).ToOpenArray()[..^2]));
        var answer = call.ReadAsync();
        var more = Chunk(new byte[64 << 10]);
        while (!answer.IsCompleted && await call.TrySendAsync(more))
        {
        }

        AssertProblem(await answer, 413);
    });

    [Fact]
    public async Task PostFiles_DamagedChunk_IsRefused() => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/files", $"Content-Type: {Form.ContentType}", "Transfer-Encoding: chunked"));
        await call.SendAsync(Chunk(new Form().File(Pictures.Sample("good-1.jpg")).ToOpenArray()[..^2]));
        await call.SendAsync("this is no length\r\n");
        AssertProblem(await call.ReadAsync(), 400);
    });

    [Fact]
    public async Task PostDetect_ClientGoneHalfway_LeavesNothing() => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        var image = Pictures.Sample("good-1.jpg");
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/detect", "Content-Type: image/jpeg", $"Content-Length: {image.Length}"));
        await call.SendAsync(Pictures.Truncated(image));
        call.Abort();
    });

    [Fact]
    public async Task PostDetect_EndlessChunks_IsRefusedAtTheLimit() => await Traces.AssertNoneSoonAsync(Server, async () =>
    {
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(Server, "/api/detect", "Content-Type: image/jpeg", "Transfer-Encoding: chunked"));
        var answer = call.ReadAsync();
        var more = Chunk(new byte[64 << 10]);
        while (!answer.IsCompleted && await call.TrySendAsync(more))
        {
        }

        AssertProblem(await answer, 413);
    });

    // Disconnects only once the server has some of the bytes: before that there would be nothing to clean up.
    private async Task AbortHalfwayAsync(params string[] headers)
    {
        var body = LongUpload();
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(RawCall.Head(
            Server, "/api/files", [$"Content-Type: {Form.ContentType}", $"Content-Length: {body.Length}", .. headers]));
        await call.SendAsync(body[..(body.Length * 3 / 4)]);
        await Eventually.GetAsync(() => Task.FromResult(Traces.StagedBytes(Server)), staged => staged.Count == 2 && staged[0] + staged[1] > body.Length / 2);
        call.Abort();
    }

    private static byte[] LongUpload() => new Form()
        .File([.. Pictures.Sample("good-1.jpg"), .. new byte[1 << 20]]).File([.. Pictures.Sample("good-2.jpg"), .. new byte[1 << 20]]).ToArray();

    private static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];

    private static void AssertProblem(string answer, int status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"trace_id\"", answer, StringComparison.Ordinal);
        Assert.Contains("X-Request-Id:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }
}
