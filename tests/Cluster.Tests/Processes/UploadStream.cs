using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Chitti.Cluster.Tests;

/// <summary>Clients that upload pictures one after the other, and repeat an upload with its key until it is accepted.</summary>
/// <param name="http">The gateway.</param>
/// <param name="pictures">The pictures, which take turns.</param>
/// <param name="uploads">Number of uploads.</param>
internal sealed class UploadStream(HttpClient http, IReadOnlyList<byte[]> pictures, int uploads)
{
    private const int Clients = 4;
    private int _next;

    /// <summary>Ids of the accepted files.</summary>
    public ConcurrentQueue<Guid> Accepted { get; } = [];

    public Task SendAsync() => Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
    {
        while (Interlocked.Increment(ref _next) is var number && number <= uploads)
        {
            while (!await TrySendAsync(number))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }));

    private async Task<bool> TrySendAsync(int number)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(pictures[number % pictures.Count]), "file", $"board-{number}.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = form };
        request.Headers.Add("Idempotency-Key", $"upload-{number}");
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (response is { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict, Headers.RetryAfter: not null })
        {
            return false;
        }

        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        Accepted.Enqueue(JsonDocument.Parse(body).RootElement.GetProperty("items")[0].GetProperty("id").GetGuid());
        return true;
    }
}
