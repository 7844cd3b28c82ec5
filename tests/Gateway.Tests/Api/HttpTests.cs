using System.Net;

namespace Chitti.Gateway.Tests;

/// <summary>What holds for every address.</summary>
[Collection(OneServer.Name)]
public class HttpTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Theory]
    [InlineData("/api/nothing-here")]
    [InlineData("/nothing-here")]
    [InlineData("/api/files/")]
    [InlineData("/openapi")]
    [InlineData("/openapi/")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/openapi/v1.yaml")]
    [InlineData("/openapi/v1.json.json")]
    [InlineData("/openapi/v1.json/more")]
    public async Task AnyCall_UnknownRoute_Is404(string path)
    {
        using var response = await Server.Http.GetAsync(path);
        if (path == "/api/files/")
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return;
        }

        await Problem.AssertAsync(response, HttpStatusCode.NotFound, path);
    }

    [Theory]
    [InlineData("PUT", "/api/files")]
    [InlineData("GET", "/api/detect")]
    [InlineData("DELETE", "/api/profiles/pcb-defects")]
    [InlineData("POST", "/api/models")]
    public async Task AnyCall_OtherMethod_Is405(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        var response = await Server.Http.SendAsync(request);

        Assert.NotEmpty(response.Content.Headers.Allow);
        await Problem.AssertAsync(response, HttpStatusCode.MethodNotAllowed, method, path);
    }

    [Theory]
    [InlineData("/api/files")]
    [InlineData("/api/nothing-here")]
    [InlineData("/health/live")]
    [InlineData("/docs")]
    [InlineData("/metrics")]
    public async Task AnyCall_WithoutRequestId_GetsOne(string path)
    {
        using var first = await Server.Http.GetAsync(path);
        using var second = await Server.Http.GetAsync(path);

        Assert.NotEmpty(Assert.Single(first.Headers.GetValues("X-Request-Id")));
        Assert.NotEqual(first.Headers.GetValues("X-Request-Id"), second.Headers.GetValues("X-Request-Id"));
    }

    [Theory]
    [InlineData("/api/files")]
    [InlineData("/api/nothing-here")]
    public async Task AnyCall_WithRequestId_GetsItBack(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Request-Id", "line-4/board:17");

        using var response = await Server.Http.SendAsync(request);

        Assert.Equal("line-4/board:17", Assert.Single(response.Headers.GetValues("X-Request-Id")));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("<script>")]
    public async Task AnyCall_WithUnsafeRequestId_GetsAnother(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/files");
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);

        using var response = await Server.Http.SendAsync(request);

        Assert.NotEqual(id, Assert.Single(response.Headers.GetValues("X-Request-Id")));
    }

    [Fact]
    public async Task Problem_ClientAsksForAnImage_IsStillAProblem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/files/{Guid.CreateVersion7()}/content");
        request.Headers.Accept.Add(new("image/jpeg"));

        await Problem.AssertAsync(await Server.Http.SendAsync(request), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AnyCall_OtherHostName_IsRefusedWithAProblem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/files");
        request.Headers.Host = "attacker.example";

        await Problem.AssertAsync(await Server.Http.SendAsync(request), HttpStatusCode.BadRequest, "attacker.example");
    }

    [Fact]
    public async Task AnyCall_Answer_DoesNotNameTheServer()
    {
        using var response = await Server.Http.GetAsync("/api/files");

        Assert.False(response.Headers.Contains("Server"));
    }
}
