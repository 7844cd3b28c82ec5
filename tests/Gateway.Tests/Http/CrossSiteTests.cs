using System.Net;

namespace Chitti.Gateway.Tests;

/// <summary>What a page of another site can have a browser send: a form post needs nobody's consent.</summary>
[Collection(OneServer.Name)]
public class CrossSiteTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    private string Own => $"http://{Server.Http.BaseAddress!.Authority}";

    [Theory]
    [InlineData("Origin", "https://attacker.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Origin", "no address")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Post_FromAnotherSite_IsRefusedWithoutATrace(string header, string value) => await Traces.AssertNoneAsync(Server, async () =>
    {
        foreach (var path in new[] { "/api/files", "/api/detect" })
        {
            await AssertRefusedAsync(HttpMethod.Post, path, (header, value));
        }
    });

    [Fact]
    public async Task Post_FromAnotherSite_LeavesTheKeyFree() => await Traces.AssertNoneAsync(
        Server, () => AssertRefusedAsync(HttpMethod.Post, "/api/files", ("Sec-Fetch-Site", "cross-site"), ("Idempotency-Key", "of-the-attacker")));

    [Fact]
    public async Task Post_FromAnotherSiteThatNamesThisOrigin_IsRefused() =>
        await AssertRefusedAsync(HttpMethod.Post, "/api/files", ("Sec-Fetch-Site", "cross-site"), ("Origin", Own));

    [Theory]
    [InlineData("POST", "/api/reports")]
    [InlineData("POST", "/api/profiles")]
    [InlineData("DELETE", "/api/files/00000000-0000-0000-0000-000000000001")]
    [InlineData("POST", "/dashboard/")]
    public async Task AnyChange_FromAnotherSite_IsRefused(string method, string path) =>
        await AssertRefusedAsync(new(method), path, ("Origin", "https://attacker.example"));

    [Theory]
    [InlineData(null, null)]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "")]
    public async Task Post_FromHereOrNoBrowser_IsAnswered(string? header, string? value)
    {
        // Empty stands for this server's own origin, whose port is not known before.
        (string, string)[] headers = header is null ? [] : [(header, value!.Length > 0 ? value : Own)];
        using var uploaded = await SendAsync(HttpMethod.Post, "/api/files", headers);
        using var detected = await SendAsync(HttpMethod.Post, "/api/detect", headers);

        Assert.Equal(HttpStatusCode.Accepted, uploaded.StatusCode);
        Assert.Equal(HttpStatusCode.OK, detected.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Read_FromAnotherSite_IsAnswered(string method)
    {
        using var response = await SendAsync(new(method), "/api/files", ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://wiki.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        // And a script of that site may not read the answer.
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task AssertRefusedAsync(HttpMethod method, string path, params (string, string)[] headers) =>
        await Problem.AssertAsync(await SendAsync(method, path, headers), HttpStatusCode.Forbidden);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
        {
            request.Content = new Form().File(Pictures.Sample("good-1.jpg")).ToContent();
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Server.Http.SendAsync(request);
    }
}
