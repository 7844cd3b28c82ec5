using System.Net;

namespace Chitti.Gateway.Tests;

/// <summary>Bodies that are not uploads.</summary>
[Collection(OneServer.Name)]
public class RefusedBodyTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task PostFiles_OtherContentType_IsRefused(string contentType) => await AssertRefusedAsync(
        Form.Content(Pictures.Sample("good-1.jpg"), contentType), HttpStatusCode.UnsupportedMediaType, "multipart/form-data");

    [Fact]
    public async Task PostFiles_EmptyBody_IsRefused() =>
        await AssertRefusedAsync(new ByteArrayContent([]), HttpStatusCode.UnsupportedMediaType, "multipart/form-data");

    [Fact]
    public async Task PostFiles_EmptyMultipart_IsRefused() =>
        await AssertRefusedAsync(Form.Content([], Form.ContentType), HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789-")]
    public async Task PostFiles_NoUsableBoundary_IsRefused(string contentType) => await AssertRefusedAsync(
        Form.Content(new Form().File(Pictures.Sample("good-1.jpg")).ToArray(), contentType), HttpStatusCode.BadRequest, "boundary");

    [Fact]
    public async Task PostFiles_OtherBoundary_IsRefused() => await AssertRefusedAsync(
        Form.Content(new Form().File(Pictures.Sample("good-1.jpg")).ToArray(), "multipart/form-data; boundary=other"), HttpStatusCode.BadRequest);

    [Fact]
    public async Task PostFiles_WithoutClosingBoundary_IsRefused() => await AssertRefusedAsync(
        Form.Content(new Form().File(Pictures.Sample("good-1.jpg")).ToOpenArray()[..^2], Form.ContentType), HttpStatusCode.BadRequest);

    [Fact]
    public async Task PostFiles_EndsWithinSecondPart_KeepsNone() => await AssertRefusedAsync(
        Form.Content(new Form().File(Pictures.Sample("good-1.jpg")).File(Pictures.Sample("good-2.jpg")).ToOpenArray()[..^5_000], Form.ContentType),
        HttpStatusCode.BadRequest);

    [Fact]
    public async Task PostFiles_PartWithoutName_IsRefused() => await AssertRefusedAsync(
        new Form().Part("attachment", Pictures.Sample("good-1.jpg")).ToContent(), HttpStatusCode.BadRequest);

    [Fact]
    public async Task PostFiles_NotMultipart_IsRefused() =>
        await AssertRefusedAsync(Form.Content(new byte[50_000], Form.ContentType), HttpStatusCode.BadRequest);

    [Fact]
    public async Task PostFiles_EndlessHeaders_IsRefused() => await AssertRefusedAsync(
        new Form().Part("form-data; name=\"file\"; filename=\"" + new string('a', 200_000) + "\"", Pictures.Sample("good-1.jpg")).ToContent(),
        HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tulator")]
    public async Task PostFiles_UnusableKey_IsRefused(string key) => await Traces.AssertNoneAsync(Server, async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = new Form().File(Pictures.Sample("good-1.jpg")).ToContent() };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var problem = await Problem.AssertAsync(await Server.Http.SendAsync(request), HttpStatusCode.BadRequest);
        Assert.Contains("1 to 200", Problem.Error(problem, "Idempotency-Key"), StringComparison.Ordinal);
    });

    private Task AssertRefusedAsync(HttpContent content, HttpStatusCode status, params string[] words) => Traces.AssertNoneAsync(
        Server, async () => await Problem.AssertAsync(await Server.Http.PostAsync("/api/files", content), status, words));
}
