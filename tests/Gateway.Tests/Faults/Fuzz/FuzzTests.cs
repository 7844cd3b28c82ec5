using System.Globalization;
using System.Net;
using Chitti.Tests;
using Xunit.Abstractions;

namespace Chitti.Gateway.Tests;

/// <summary>
/// Damaged images of every kind against a real server: each as a direct call and as an upload, whose thumbnail and annotated
/// picture are asked for. An answer may be any refusal; it may not be a 5xx, a hang, or the end of the process.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Callers = 4;
    private const int MemoryFlatFrom = 3_000;
    private const int BlockImages = 250;
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(10);
    private readonly DataFolder _folder = new();
    private readonly SemaphoreSlim _calls = new(Callers);
    private readonly SemaphoreSlim _alone = new(1);

    private static int Images => Environment.GetEnvironmentVariable("CHITTI_LONG") == "1" ? 100_000 : 5_000;

    public void Dispose()
    {
        _calls.Dispose();
        _alone.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Seeds_All_AreFiftyAndSound()
    {
        Assert.InRange(FuzzSeeds.All.Count, 50, int.MaxValue);
        Assert.InRange(FuzzSeeds.All.Max(seed => seed.Bytes.Length), 0, 50_000);
        Assert.Equal(FuzzSeeds.All.Count, FuzzSeeds.All.Select(seed => seed.Name).Distinct().Count());
    }

    [Fact]
    public async Task AnyCall_DamagedImages_NeitherBreaksNorHoldsUpTheServerNorGrowsIt()
    {
        await using var server = await ServerProcess.StartAsync(new(_folder.Path) { Environment = new Dictionary<string, string> { ["MALLOC_ARENA_MAX"] = "2" } });
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress, Timeout = _hang };
        var memory = new List<long>();
        for (var first = 0; first < Images; first += BlockImages)
        {
            await Parallel.ForEachAsync(Enumerable.Range(first, BlockImages), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, _) =>
            {
                var mutant = Mutant.Create(number);
                await TryAsync(http, server, mutant);
            });
            memory.Add(ResidentBytes(server));
        }

        await _folder.WhenSettledAsync();
        AssertSeedsWereInspected();
        output.WriteLine($"resident MiB after each {BlockImages} images: {string.Join(", ", memory.Select(bytes => bytes >> 20))}");
        output.WriteLine($"files: {string.Join(", ", _folder.Query("SELECT state, count(*) FROM files GROUP BY state", row => $"{row.GetInt64(1)} {row.GetString(0)}"))}");
        var (before, after) = (memory.Take(MemoryFlatFrom / BlockImages).Max(), memory.Skip(MemoryFlatFrom / BlockImages).Max());
        Assert.True(after <= before * 1.1, $"{before} bytes at most over the first {MemoryFlatFrom} images, {after} afterwards: {string.Join(", ", memory.Select(bytes => bytes >> 20))} MiB");
    }

    private async Task TryAsync(HttpClient http, ServerProcess server, Mutant mutant)
    {
        using var detected = await SendAsync(http, server, mutant, () => new(HttpMethod.Post, "/api/detect") { Content = new ByteArrayContent(mutant.Bytes) });
        using var uploaded = await SendAsync(http, server, mutant, () => new(HttpMethod.Post, "/api/files") { Content = new Form().File(mutant.Bytes).ToContent() });
        var sound = mutant.Number < FuzzSeeds.All.Count;
        Assert.True(!sound || detected.StatusCode == HttpStatusCode.OK, $"{mutant}: {await detected.Content.ReadAsStringAsync()}");
        if (uploaded.StatusCode != HttpStatusCode.Accepted)
        {
            return;
        }

        var id = (await Json.ItemsAsync(uploaded))[0].Id();
        using var thumbnail = await SendAsync(http, server, mutant, () => new(HttpMethod.Get, $"/api/files/{id}/thumbnail"));
        var ended = await Eventually.GetAsync(
            async () => await Json.ReadAsync(await SendAsync(http, server, mutant, () => new(HttpMethod.Get, $"/api/files/{id}"))),
            file => file.Text("state") is "completed" or "failed");
        using var annotated = await SendAsync(http, server, mutant, () => new(HttpMethod.Get, $"/api/files/{id}/annotated"));
        Assert.True(annotated.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{mutant}: {annotated.StatusCode}, {ended}");
    }

    /// <summary>Sends, and once more with nobody else about where no answer came in time: a machine may be busy, a hang stays.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpClient http, ServerProcess server, Mutant mutant, Func<HttpRequestMessage> create)
    {
        await _calls.WaitAsync();
        try
        {
            return await CheckAsync(await http.SendAsync(create()), mutant);
        }
        catch (TaskCanceledException)
        {
        }
        catch (HttpRequestException exception)
        {
            Assert.Fail($"{mutant}, kept as {Keep(mutant)}: {exception.Message}\n{server.Output}");
        }
        finally
        {
            _calls.Release();
        }

        await _alone.WaitAsync();
        var held = 0;
        try
        {
            for (; held < Callers; held++)
            {
                await _calls.WaitAsync();
            }

            return await CheckAsync(await http.SendAsync(create()), mutant);
        }
        catch (TaskCanceledException)
        {
            Assert.Fail($"{mutant}, kept as {Keep(mutant)}: no answer in {_hang.TotalSeconds} s");
            throw;
        }
        finally
        {
            _calls.Release(held);
            _alone.Release();
        }
    }

    private static async Task<HttpResponseMessage> CheckAsync(HttpResponseMessage response, Mutant mutant)
    {
        Assert.True((int)response.StatusCode < 500, $"{mutant}, kept as {Keep(mutant)}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return response;
    }

    private static string Keep(Mutant mutant)
    {
        var path = Path.Combine(Path.GetTempPath(), $"chitti-mutant-{mutant.Number}");
        File.WriteAllBytes(path, mutant.Bytes);
        return path;
    }

    private void AssertSeedsWereInspected()
    {
        var failed = _folder.Texts("SELECT DISTINCT error FROM files WHERE state = 'failed' AND (error LIKE '%Exception%' OR error LIKE '%attempts%')");
        Assert.True(failed.Length == 0, string.Join('\n', failed));
        Assert.InRange(_folder.Scalar("SELECT count(*) FROM files WHERE state = 'completed'"), FuzzSeeds.All.Count, int.MaxValue);
    }

    private static long ResidentBytes(ServerProcess server) => 1024 * long.Parse(
        File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
