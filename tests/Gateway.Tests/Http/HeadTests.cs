using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Chitti.Tests;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Gateway.Tests;

/// <summary>HEAD against GET at every address that the server has, those of libraries included.</summary>
[Collection(OneServer.Name)]
public class HeadTests(SharedServer shared)
{
    // Differ from call to call, or say how the content is transferred.
    private static readonly string[] _ofTheCall = ["Date", "X-Request-Id", "Transfer-Encoding"];

    private TestServer Server => shared.Server;

    [Fact]
    public async Task Head_EveryAddressWithGet_HasTheSameStatusAndHeadersAndNoContent()
    {
        var ids = await FindIdsAsync();
        var patterns = Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods || methods.HttpMethods.Contains("GET"))
            .Select(endpoint => endpoint.RoutePattern).DistinctBy(pattern => pattern.RawText).ToList();
        Assert.True(patterns.Count > 20, $"Only {patterns.Count} endpoints were found.");

        foreach (var pattern in patterns)
        {
            var path = PathOf(pattern, ids);
            var (get, content) = await CallAsync("GET", path);
            var (head, nothing) = await CallAsync("HEAD", path);

            Assert.True(get[0] == head[0], $"GET {path} has {get[0]}, HEAD has {head[0]}");
            Assert.Equal(Compared(get), Compared(head));
            Assert.True(nothing.Length == 0, $"HEAD {path} has content");

            // Otherwise there was nothing to leave out.
            Assert.True(content.Length > 0 || get[0].Contains(" 30", StringComparison.Ordinal), $"GET {path} has no content");
            Assert.DoesNotContain(" 405 ", get[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/nothing-here", 404)]
    [InlineData("/api/files/00000000-0000-0000-0000-000000000001", 404)]
    [InlineData("/api/files?limit=many", 400)]
    [InlineData("/openapi/v2.json", 404)]
    public async Task Head_RefusedAddress_HasTheHeadersOfTheProblemAndNoContent(string path, int status)
    {
        var (get, content) = await CallAsync("GET", path);
        var (head, nothing) = await CallAsync("HEAD", path);

        Assert.StartsWith($"HTTP/1.1 {status} ", head[0], StringComparison.Ordinal);
        Assert.Equal(Compared(get), Compared(head));
        Assert.NotEmpty(content);
        Assert.Empty(nothing);
    }

    [Theory]
    [InlineData("/api/detect")]
    public async Task Head_AddressWithoutGet_Is405(string path)
    {
        var (head, nothing) = await CallAsync("HEAD", path);

        Assert.StartsWith("HTTP/1.1 405 ", head[0], StringComparison.Ordinal);
        Assert.Contains("Allow: POST", head);
        Assert.Empty(nothing);
    }

    [Fact]
    public async Task AnyCall_OtherMethodWhereGetIs_AllowsHeadToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/models");
        using var response = await Server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("HEAD", response.Content.Headers.Allow);
    }

    private async Task<Dictionary<string, string>> FindIdsAsync()
    {
        var file = await shared.InspectedAsync("open.jpg");
        using var asked = await Server.Http.PostAsJsonAsync("/api/reports", new { file_ids = new[] { file.Id() }, format = "csv" });
        var report = (await Json.ReadAsync(asked)).Id();
        await Eventually.GetAsync(() => Server.GetJsonAsync($"/api/reports/{report}"), json => json.Text("state") is "ready");
        return new()
        {
            ["/api/files/{id:guid}"] = $"{file.Id()}",
            ["/api/inspections/{id:guid}"] = $"{file.GetProperty("inspection").Id()}",
            ["/api/reports/{id:guid}"] = $"{report}",
            ["/api/profiles/{id}"] = "pcb-defects",
            ["/api/models/{id}"] = "pcb-defects",
        };
    }

    /// <summary>The address with its parameters filled in, so that it is not refused.</summary>
    private static string PathOf(RoutePattern pattern, Dictionary<string, string> ids)
    {
        var parts = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsOptional: true } or RoutePatternParameterPart { IsCatchAll: true } => "",
            RoutePatternParameterPart { Name: "documentName" } => "v1",
            RoutePatternParameterPart { Name: "version" } => "1",
            RoutePatternParameterPart { Name: "id" } => ids.Single(id => pattern.RawText!.StartsWith(id.Key, StringComparison.Ordinal)).Value,
            RoutePatternParameterPart { Default: { } given } => Convert.ToString(given, CultureInfo.InvariantCulture),
            var other => $"{((RoutePatternParameterPart)other).Name}",
        })));
        return $"/{string.Join('/', parts)}";
    }

    private async Task<(string[] Head, string Content)> CallAsync(string method, string path)
    {
        using var call = await RawCall.OpenAsync(Server);
        await call.SendAsync($"{method} {path} HTTP/1.1\r\nHost: {Server.Http.BaseAddress!.Authority}\r\nConnection: close\r\n\r\n");
        var answer = await call.ReadAsync();
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"{method} {path} got no answer: '{answer}'");
        return (answer[..end].Split("\r\n"), answer[(end + 4)..]);
    }

    // HEAD may leave out a length of 0.
    private static string[] Compared(string[] head) =>
        [.. head.Where(line => line != "Content-Length: 0" && !_ofTheCall.Contains(line.Split(':')[0], StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
}
