using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Uploads files, and checks that the server keeps those it accepted.</summary>
internal sealed class AcceptedFiles
{
    private readonly ConcurrentDictionary<Guid, byte[]> _files = new();

    public int Count => _files.Count;

    /// <summary>Uploads one image.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpClient http, byte[] bytes, string name = "board.jpg")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        using var response = await http.PostAsync("/api/files", form);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            _files[answer.GetProperty("items")[0].GetProperty("id").GetGuid()] = bytes;
        }

        return response.StatusCode;
    }

    public async Task AcceptAsync(HttpClient http, byte[] bytes) => Assert.Equal(HttpStatusCode.Accepted, await SendAsync(http, bytes));

    /// <summary>Asserts that the server lists the accepted files and no others.</summary>
    public async Task AssertListedAsync(HttpClient http)
    {
        var list = await http.GetFromJsonAsync<JsonElement>("/api/files?limit=1000");
        Assert.Equal(
            _files.Keys.Order(), list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).Order());
    }

    /// <summary>Asserts in addition that each has its bytes.</summary>
    public async Task AssertKeptAsync(HttpClient http)
    {
        await AssertListedAsync(http);
        foreach (var (id, bytes) in _files)
        {
            Assert.Equal(bytes, await http.GetByteArrayAsync($"/api/files/{id}/content"));
        }
    }
}
