using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;

namespace Chitti.Cluster.Tests;

/// <summary>Clients that upload pictures one after the other, and repeat an upload with its key until it is accepted.</summary>
/// <param name="http">The gateway.</param>
/// <param name="pictures">The pictures, which take turns.</param>
internal sealed class UploadStream(HttpClient http, IReadOnlyList<byte[]> pictures)
{
    private const int Clients = 4;
    private readonly Channel<int> _planned = Channel.CreateUnbounded<int>();
    private int _next;

    /// <summary>Ids of the accepted files.</summary>
    public ConcurrentQueue<Guid> Accepted { get; } = [];

    /// <summary>Lets the clients send some more.</summary>
    public void Plan(int uploads)
    {
        for (var left = uploads; left > 0; left--)
        {
            _planned.Writer.TryWrite(_next++);
        }
    }

    /// <summary>No more is planned.</summary>
    public void End() => _planned.Writer.Complete();

    /// <summary>Sends what is planned until the end.</summary>
    public Task SendAsync() => Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
    {
        await foreach (var number in _planned.Reader.ReadAllAsync())
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
