using System.Net;
using System.Text.Json;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public class IdempotencyTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task PostFiles_SameKeySameBody_GivesTheFirstAnswer()
    {
        var first = await ReadAsync(await Server.PostFilesAsync(Upload("same"), "same-body"));
        JsonElement second = default;

        await Traces.AssertNoneAsync(Server, async () => second = await ReadAsync(await Server.PostFilesAsync(Upload("same"), "same-body")));

        Assert.True(JsonElement.DeepEquals(first, second), $"{first}\n{second}");
        Assert.Equal(2, (await ListAsync("same")).Length);
    }

    [Fact]
    public async Task PostFiles_SameKeyOneFile_GivesTheLocationAgain()
    {
        var form = new Form().File(Pictures.Sample("good-1.jpg"));
        using var first = await Server.PostFilesAsync(form, "location-again");
        using var second = await Server.PostFilesAsync(form, "location-again");

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.NotNull(first.Headers.Location);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
    }

    [Theory]
    [InlineData("other image")]
    [InlineData("other order")]
    [InlineData("other field")]
    [InlineData("other name")]
    [InlineData("unfit image")]
    public async Task PostFiles_SameKeyOtherBody_Is409(string difference)
    {
        var key = difference.Replace(' ', '-');
        using var first = await Server.PostFilesAsync(Upload(key), key);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        var (one, two) = (Pictures.Sample("good-1.jpg"), Pictures.Sample("good-2.jpg"));
        var other = difference switch
        {
            "other image" => new Form().Field("batch_id", key).File(one, "1.jpg").File(one, "2.jpg"),
            "other order" => new Form().Field("batch_id", key).File(two, "2.jpg").File(one, "1.jpg"),
            "other field" => new Form().Field("batch_id", key).Field("part_id", "A-1").File(one, "1.jpg").File(two, "2.jpg"),
            "other name" => new Form().Field("batch_id", key).File(one, "1.jpg").File(two, "3.jpg"),
            _ => new Form().Field("batch_id", key).File(Pictures.Text, "1.jpg"),
        };

        await Traces.AssertNoneAsync(Server, async () => await Problem.AssertAsync(
            await Server.PostFilesAsync(other, key), HttpStatusCode.Conflict, "a different body"));
    }

    [Fact]
    public async Task PostFiles_SameKeyInParallel_StoresOneSetOfFiles()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Server.PostFilesAsync(Upload("parallel"), "in-parallel")));

        var answers = new List<string>();
        foreach (var response in responses)
        {
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                answers.Add((await ReadAsync(response)).ToString());
                continue;
            }

            Assert.NotNull(response.Headers.RetryAfter);
            await Problem.AssertAsync(response, HttpStatusCode.Conflict, "still running");
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(2, (await ListAsync("parallel")).Length);
        var later = await ReadAsync(await Server.PostFilesAsync(Upload("parallel"), "in-parallel"));
        Assert.Equal(answers[0], later.ToString());
    }

    [Fact]
    public async Task PostFiles_FirstStillRunning_Is409WithRetryAfter()
    {
        const string Key = "still-running";
        var form = new Form().File([.. Pictures.Sample("good-1.jpg"), .. new byte[1 << 20]]);
        var body = form.ToArray();
        using var first = await RawCall.OpenAsync(Server);
        await first.SendAsync(RawCall.Head(
            Server, "/api/files", $"Content-Type: {Form.ContentType}", $"Content-Length: {body.Length}", $"Idempotency-Key: {Key}"));
        await first.SendAsync(body[..^10]);
        await Eventually.GetAsync(() => Task.FromResult(Traces.StagedBytes(Server)), staged => staged.Count > 0);

        using (var second = await Server.PostFilesAsync(form, Key))
        {
            Assert.NotNull(second.Headers.RetryAfter);
            await Problem.AssertAsync(second, HttpStatusCode.Conflict, "still running");
        }

        await first.SendAsync(body[^10..]);
        Assert.StartsWith("HTTP/1.1 202 ", await first.ReadAsync(), StringComparison.Ordinal);
        using var third = await Server.PostFilesAsync(form, Key);
        Assert.Equal(HttpStatusCode.Accepted, third.StatusCode);
    }

    private static Form Upload(string batch) => new Form()
        .Field("batch_id", batch).File(Pictures.Sample("good-1.jpg"), "1.jpg").File(Pictures.Sample("good-2.jpg"), "2.jpg");

    private async Task<JsonElement[]> ListAsync(string batch) => Json.Items(await Server.GetJsonAsync($"/api/files?batch_id={batch}"));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            return await Json.ReadAsync(response);
        }
    }
}
