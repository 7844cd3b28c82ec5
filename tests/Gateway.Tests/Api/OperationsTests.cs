using System.Net;
using System.Text.RegularExpressions;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public partial class OperationsTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task GetLive_Running_IsHealthy() =>
        Assert.Equal("healthy", (await Server.GetJsonAsync("/health/live")).Text("status"));

    [Fact]
    public async Task GetReady_Running_NamesEachPart()
    {
        // The model is loaded while the host starts.
        await shared.InspectedAsync("good-1.jpg");
        var health = await Server.GetJsonAsync("/health/ready");

        Assert.Equal("healthy", health.Text("status"));
        Assert.Equal(["database", "detector", "objects"], Json.Names(health.GetProperty("parts")).Order(StringComparer.Ordinal));
        Assert.All(health.GetProperty("parts").EnumerateObject(), part => Assert.Equal("healthy", part.Value.Text("status")));
        Assert.Contains("pcb-defects", health.GetProperty("parts").GetProperty("detector").Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetMetrics_AfterAnInspection_CountsIt()
    {
        await shared.InspectedAsync("open.jpg");
        using var response = await Server.Http.GetAsync("/metrics");

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Matches(ChittiSeries(), text);
        Assert.Contains("http_server_request_duration", text, StringComparison.Ordinal);
        Assert.Contains("orleans", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetDocs_Page_LoadsNothingFromElsewhere()
    {
        using var response = await Server.Http.GetAsync("/docs");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();

        Assert.DoesNotMatch(ForeignSource(), html);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        var sources = ScriptSource().Matches(html).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(sources);
        var page = new Uri(response.RequestMessage!.RequestUri!.AbsoluteUri);
        foreach (var source in sources)
        {
            using var script = await Server.Http.GetAsync(new Uri(page, source));
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
            Assert.DoesNotMatch(ForeignScript(), await script.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task GetDashboard_Page_IsServed()
    {
        using var response = await Server.Http.GetAsync("/dashboard");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [GeneratedRegex("^chitti_[a-z_]+(\\{[^}]*\\})? [0-9]", RegexOptions.Multiline)]
    private static partial Regex ChittiSeries();

    [GeneratedRegex("(src|href|content|action)\\s*=\\s*[\"']?(https?:)?//|@import|url\\(\\s*[\"']?(https?:)?//", RegexOptions.IgnoreCase)]
    private static partial Regex ForeignSource();

    [GeneratedRegex("<script[^>]+src\\s*=\\s*[\"']([^\"']+)", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptSource();

    // Fetched, imported or loaded when the line runs; addresses in texts and namespaces are not requests.
    [GeneratedRegex("(fetch|import|importScripts|WebSocket|EventSource)\\(\\s*[\"'`](https?|wss?):")]
    private static partial Regex ForeignScript();
}
