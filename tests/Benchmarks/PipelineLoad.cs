using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Chitti.Benchmarks;

/// <summary>Uploads files and waits until all are inspected. Bodies are made in advance, because the client shares the cores with the server.</summary>
internal sealed class PipelineLoad(HttpClient client, byte[][] images, TimeProvider time)
{
    private const string Boundary = "chitti-benchmark";
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);
    private readonly byte[][] _bodies = [.. images.Select(ToBody)];

    /// <summary>The result of one round.</summary>
    /// <param name="Rate">Files per second, from the first byte sent to the end of the last inspection.</param>
    /// <param name="AcceptRate">Files per second, from the first byte sent to the last 202.</param>
    /// <param name="Ids">The files.</param>
    internal sealed record Result(double Rate, double AcceptRate, IReadOnlyList<Guid> Ids);

    /// <param name="first">Number of the first image.</param>
    /// <param name="count">Number of images, each in its own request.</param>
    /// <param name="clients">Number of concurrent clients.</param>
    /// <param name="accepted">Called with the number of files accepted so far.</param>
    public async Task<Result> RunAsync(int first, int count, int clients, Action<int>? accepted = null)
    {
        var ids = new Guid[count];
        var (next, answered) = (-1, 0);
        var startedAt = time.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < count)
            {
                ids[number] = await UploadAsync(_bodies[(first + number) % _bodies.Length]);
                accepted?.Invoke(Interlocked.Increment(ref answered));
            }
        }));
        var acceptTime = Stopwatch.GetElapsedTime(started);
        var endedAt = await WaitAsync(ids);
        return new(count / (endedAt - startedAt).TotalSeconds, count / acceptTime.TotalSeconds, ids);
    }

    private async Task<Guid> UploadAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        using var response = await client.PostAsync(new Uri("/api/files", UriKind.Relative), content);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw new InvalidOperationException($"An upload got {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return answer.RootElement.GetProperty("items")[0].GetProperty("id").GetGuid();
    }

    /// <returns>When the last inspection was made.</returns>
    private async Task<DateTimeOffset> WaitAsync(Guid[] ids)
    {
        while ((await ListAsync("state=queued&limit=1")).GetArrayLength() > 0)
        {
            await Task.Delay(_pollInterval);
        }

        var wanted = ids.ToHashSet();
        var last = DateTimeOffset.MinValue;
        foreach (var file in (await ListAsync($"limit={Math.Min(ids.Length, 1_000)}")).EnumerateArray())
        {
            if (file.GetProperty("state").GetString() != "completed")
            {
                throw new InvalidOperationException($"A file failed: {file}");
            }

            var completedAt = file.GetProperty("completed_at").GetDateTimeOffset();
            last = wanted.Contains(file.GetProperty("id").GetGuid()) && completedAt > last ? completedAt : last;
        }

        return last;
    }

    private async Task<JsonElement> ListAsync(string query)
    {
        var json = await client.GetByteArrayAsync(new Uri($"/api/files?{query}", UriKind.Relative));
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("items").Clone();
    }

    private static byte[] ToBody(byte[] image, int number)
    {
        var head = Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"board-{number}.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
        var tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
        return [.. head, .. image, .. tail];
    }
}
