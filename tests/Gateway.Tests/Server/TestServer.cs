using System.Net.Http.Json;
using System.Text.Json;
using Chitti.ServiceDefaults;
using Chitti.Standalone;
using Chitti.Tests;
using Microsoft.AspNetCore.Builder;

namespace Chitti.Gateway.Tests;

/// <summary>The standalone host as shipped, with its own data folder and loopback port, called over sockets.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly TempFolder _data;
    private readonly WebApplication _app;

    private TestServer(TempFolder data, WebApplication app)
    {
        _data = data;
        _app = app;
        var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        Http = new(handler) { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public string DataPath => _data.Path;

    /// <param name="settings">For example <c>--Chitti:Detector:Sessions=1</c>.</param>
    public static async Task<TestServer> StartAsync(params string[] settings)
    {
        var data = new TempFolder();
        var builder = HostProgram.CreateBuilder(
            ["--urls=http://127.0.0.1:0", $"--Chitti:DataPath={data.Path}", "--Logging:LogLevel:Default=Warning", .. settings], "");
        builder.AddStandalone();
        var app = builder.BuildValid();
        app.MapChittiGateway();
        await app.StartAsync();
        return new(data, app);
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    internal async Task<HttpResponseMessage> PostFilesAsync(Form form, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = form.ToContent() };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Uploads files and returns the items of the response.</summary>
    internal async Task<JsonElement[]> AcceptAsync(Form form)
    {
        using var response = await PostFilesAsync(form);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("items").EnumerateArray()];
    }

    internal async Task<Guid> AcceptAsync(byte[] image, string name = "board.jpg") =>
        (await AcceptAsync(new Form().File(image, name)))[0].GetProperty("id").GetGuid();

    internal Task<JsonElement> EndAsync(Guid file) => Eventually.GetAsync(
        () => GetJsonAsync($"/api/files/{file}"), json => json.GetProperty("state").GetString() is "completed" or "failed");

    /// <summary>Uploads a file and returns it once it has completed or failed.</summary>
    internal async Task<JsonElement> InspectAsync(byte[] image, string name = "board.jpg") => await EndAsync(await AcceptAsync(image, name));

    internal async Task<HttpResponseMessage> DetectAsync(byte[] image, string query = "", string mediaType = "application/octet-stream")
    {
        using var content = new ByteArrayContent(image);
        content.Headers.ContentType = new(mediaType);
        return await Http.PostAsync($"/api/detect{query}", content);
    }

    internal async Task<Guid> RequestReportAsync(object request)
    {
        using var response = await Http.PostAsJsonAsync("/api/reports", request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, body);
        return JsonDocument.Parse(body).RootElement.Id();
    }

    internal async Task ReportReadyAsync(Guid report)
    {
        var ended = await Eventually.GetAsync(() => GetJsonAsync($"/api/reports/{report}"), json => json.Text("state") != "queued");
        Assert.Equal("ready", ended.Text("state"));
    }

    internal async Task<HttpResponseMessage> ReportContentAsync(Guid report)
    {
        await ReportReadyAsync(report);
        return await Http.GetAsync($"/api/reports/{report}/content");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
