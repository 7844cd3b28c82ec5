using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace Chitti.Gateway.Tests;

/// <summary>Clients that go in the middle of a call are no fault of the server: not in its log, and not in its metrics.</summary>
public sealed partial class AbortingClientTests : IDisposable
{
    private const int Times = 8;

    private static readonly byte[] _small = Pictures.Sample("good-1.jpg");
    private static readonly byte[] _slow = Pictures.Encode(4_000, 4_000, SKEncodedImageFormat.Png);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PostFiles_ClientAbortsInTheBody_IsNoErrorInTheLog() => await AssertNoErrorAsync(async server =>
    {
        var body = new Form().File([.. _small, .. new byte[1 << 20]]).ToArray();
        await AbortAsync(server, "/api/files", body[..^1_000], Form.ContentType, $"Content-Length: {body.Length}");
        await AbortAsync(server, "/api/files", Chunk(body[..^1_000]), Form.ContentType, "Transfer-Encoding: chunked");
        await AbortAsync(server, "/api/files", body[..^1_000], Form.ContentType, $"Content-Length: {body.Length}", "Idempotency-Key: aborted");
    });

    [Fact]
    public async Task PostDetect_ClientAbortsInTheBody_IsNoErrorInTheLog() => await AssertNoErrorAsync(async server =>
    {
        var form = new Form().File(_small).ToArray();
        await AbortAsync(server, "/api/detect", _small[..^1_000], "image/jpeg", $"Content-Length: {_small.Length}");
        await AbortAsync(server, "/api/detect", form[..^1_000], Form.ContentType, $"Content-Length: {form.Length}");
        await AbortAsync(server, "/api/profiles", "{\"id\": "u8.ToArray(), "application/json", "Content-Length: 1000");
    });

    [Fact]
    public async Task PostDetect_ClientAbortsBeforeTheAnswer_IsNoErrorInTheLog() => await AssertNoErrorAsync(async server =>
        await AbortAsync(server, "/api/detect", _slow, "image/png", $"Content-Length: {_slow.Length}"));

    [Fact]
    public async Task GetContent_ClientAbortsInTheAnswer_IsNoErrorInTheLog() => await AssertNoErrorAsync(async server =>
    {
        byte[] large = [.. _small, .. new byte[20 << 20]];
        using var uploaded = await server.Http.PostAsync("/api/files", new Form().File(large).ToContent());
        var id = (await Json.ItemsAsync(uploaded))[0].Id();
        for (var i = 0; i < Times; i++)
        {
            using var response = await server.Http.GetAsync($"/api/files/{id}/content", HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    });

    private async Task AssertNoErrorAsync(Func<ServerProcess, Task> abort)
    {
        await using var server = await ServerProcess.StartAsync(new(_folder.Path)
        {
            Environment = new Dictionary<string, string> { ["Chitti__Detector__Sessions"] = "1", ["Logging__LogLevel__Microsoft"] = "Information" },
        });

        await abort(server);

        // All that is running is the call for the metrics themselves.
        await Wait.UntilAsync(async () => await RunningAsync(server) <= 1, () => $"the calls end:\n{server.Output}");
        using var sound = await server.Http.PostAsync("/api/detect", new ByteArrayContent(_small));
        Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
        var metrics = await server.Http.GetStringAsync("/metrics");
        Assert.Contains("http_response_status_code=\"200\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotMatch(ServerError(), metrics);

        Assert.Equal(0, await server.StopAsync());

        // Otherwise the log would show nothing, whatever happened.
        Assert.Contains("info: ", server.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(ErrorLine(), server.Output);
    }

    /// <summary>Resets connections while the server has the call, as a crashing client would.</summary>
    private static async Task AbortAsync(ServerProcess server, string path, byte[] sent, string contentType, params string[] headers)
    {
        var address = server.Http.BaseAddress!;
        var before = await RunningAsync(server);
        var calls = new List<RawCall>();
        for (var i = 0; i < Times; i++)
        {
            var call = await RawCall.OpenAsync(address);
            calls.Add(call);
            var own = headers.Select(header => header.StartsWith("Idempotency-Key", StringComparison.Ordinal) ? $"{header}-{i}" : header);
            await call.SendAsync(RawCall.Head(address, path, [$"Content-Type: {contentType}", .. own]));
            await call.SendAsync(sent);
        }

        await Wait.UntilAsync(async () => await RunningAsync(server) >= before + 1, () => "a call is running");
        calls.ForEach(call => call.Abort());
        await Wait.UntilAsync(async () => await RunningAsync(server) <= before, () => $"the calls end:\n{server.Output}");
    }

    private static async Task<double> RunningAsync(ServerProcess server)
    {
        var running = Active().Matches(await server.Http.GetStringAsync("/metrics"));

        // The call for the metrics is one.
        Assert.NotEmpty(running);
        return running.Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static byte[] Chunk(byte[] bytes) => [.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8];

    [GeneratedRegex("^[a-z_]*http_server_active_requests[^ ]* ([0-9.e+]+)", RegexOptions.Multiline)]
    private static partial Regex Active();

    [GeneratedRegex("http_response_status_code=\"5")]
    private static partial Regex ServerError();

    [GeneratedRegex("^([^ ]+ )?(fail|crit): |Unhandled exception", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
