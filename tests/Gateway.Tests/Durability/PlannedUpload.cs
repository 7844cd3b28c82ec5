using System.Net;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>One call of an <see cref="UploadPlan"/> and its result.</summary>
internal sealed class PlannedUpload(IReadOnlyList<(string Name, byte[] Bytes)> files, string? key)
{
    public IReadOnlyList<(string Name, byte[] Bytes)> Files => files;

    public string? Key => key;

    /// <summary>The body of the 202; null before that.</summary>
    public string? Answer { get; private set; }

    /// <summary>Ids by file name, from the 202.</summary>
    public IReadOnlyDictionary<string, Guid> Ids => JsonDocument.Parse(Answer!).RootElement.GetProperty("items").EnumerateArray()
        .ToDictionary(item => item.GetProperty("name").GetString()!, item => item.GetProperty("id").GetGuid());

    public async Task SendAsync(HttpClient http) => Answer = await PostAsync(http);

    /// <summary>Sends it and returns the body of the 202.</summary>
    public async Task<string> PostAsync(HttpClient http)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes), "file", name);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = form };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return body;
    }
}
