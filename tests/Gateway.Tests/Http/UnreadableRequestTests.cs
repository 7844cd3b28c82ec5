using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Requests that never reach the pipeline, because the server itself can't read them.</summary>
[Collection(OneServer.Name)]
public class UnreadableRequestTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    private string Host => $"Host: {Server.Http.BaseAddress!.Authority}\r\n";

    [Theory]
    [InlineData("GET /api/files/%00 HTTP/1.1", "", 400, "/api/files/%00")]
    [InlineData("DELETE /api/files/%00 HTTP/1.1", "", 400, "/api/files/%00")]
    [InlineData("GET /docs/%00?a=b HTTP/1.1", "", 400, "/docs/%00?a=b")]
    [InlineData("POST /api/files HTTP/1.1", "Content-Length: many\r\n", 400, "/api/files")]
    [InlineData("POST /api/files HTTP/1.1", "Content-Length: -1\r\n", 400, "/api/files")]
    [InlineData("POST /api/files HTTP/1.1", "Content-Length: 99999999999999999999\r\n", 400, "/api/files")]
    [InlineData("POST /api/detect HTTP/1.1", "Content-Length: 5\r\nContent-Length: 6\r\n", 400, "/api/detect")]
    [InlineData("POST /api/detect HTTP/1.1", "Transfer-Encoding: gzip\r\n", 400, "/api/detect")]
    [InlineData("GET /api/files HTTP/1.1", "no colon\r\n", 400, "/api/files")]
    [InlineData("GET /api/files HTTP/1.1", "two words: 1\r\n", 400, "/api/files")]
    [InlineData("GET /api/files HTTP/1.1", "X-Zero: a\0b\r\n", 400, "/api/files")]
    [InlineData("GET /api/files HTTP/1.1", "Host: other.example\r\n", 400, "/api/files")]
    [InlineData("GET api/files HTTP/1.1", "", 400, "/")]
    [InlineData("G@T /api/files HTTP/1.1", "", 400, "/")]
    [InlineData("GET /api/files HTTP/3.7", "", 505, "/")]
    public async Task AnyCall_ServerCannotReadIt_GetsAProblem(string line, string headers, int status, string instance) =>
        AssertProblem(await SendAsync($"{line}\r\n{Host}{headers}\r\n"), status, instance);

    [Fact]
    public async Task AnyCall_NoHost_GetsAProblem() => AssertProblem(await SendAsync("GET /api/files HTTP/1.1\r\n\r\n"), 400, "/api/files");

    [Fact]
    public async Task AnyCall_HeadersTooLong_GetsAProblem() =>
        AssertProblem(await SendAsync($"GET /api/files HTTP/1.1\r\n{Host}X-Long: {new string('a', 40_000)}\r\n\r\n"), 431, "/api/files");

    [Fact]
    public async Task AnyCall_AddressTooLong_GetsAProblem() =>
        AssertProblem(await SendAsync($"GET /{new string('a', 9_000)} HTTP/1.1\r\n{Host}\r\n"), 414, "/");

    [Fact]
    public async Task AnyCall_TlsOnAPlainPort_GetsAProblem() =>
        AssertProblem(await SendAsync("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\n\u0003\u0003" + new string('\0', 50)), 400, "/");

    [Fact]
    public async Task Head_ServerCannotReadIt_HasTheHeadersOnly()
    {
        var (head, body) = Split(await SendAsync($"HEAD /api/files HTTP/1.1\r\n{Host}X-Long: {new string('a', 40_000)}\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 431 ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", head, StringComparison.Ordinal);
        Assert.Empty(body);
    }

    [Fact]
    public async Task AnyCall_SoundOneBefore_IsAnsweredToo()
    {
        var answer = await SendAsync($"GET /health/live HTTP/1.1\r\n{Host}\r\nGET /api/files/%00 HTTP/1.1\r\n{Host}\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"healthy\"", answer, StringComparison.Ordinal);
        AssertProblem(answer[answer.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal)..], 400, "/api/files/%00");
    }

    private async Task<string> SendAsync(string request)
    {
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync(request);
        return await call.ReadAsync();
    }

    private static void AssertProblem(string answer, int status, string instance)
    {
        var (head, body) = Split(answer);
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {body.Length}\r\n", head, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(body).RootElement;
        Problem.Check(problem, status, instance);
        Assert.Contains($"\r\nX-Request-Id: {problem.Text("trace_id")}", head, StringComparison.Ordinal);
    }

    private static (string Head, string Body) Split(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer: '{answer}'");
        return (answer[..(end + 2)], answer[(end + 4)..]);
    }
}
