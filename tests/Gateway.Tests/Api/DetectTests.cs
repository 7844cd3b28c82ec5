using System.Net;
using System.Text.Json.Nodes;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public class DetectTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Theory]
    [InlineData("good-1.jpg")]
    [InlineData("open.jpg")]
    [InlineData("three-defects.jpg")]
    public async Task PostDetect_Sample_SaysTheSameAsThePipeline(string sample)
    {
        var stored = JsonNode.Parse((await shared.InspectedAsync(sample)).GetProperty("inspection").GetRawText())!.AsObject();
        using var response = await Server.DetectAsync(Pictures.Sample(sample));
        var direct = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

        Assert.All(["id", "file_id"], id => Assert.False(direct.ContainsKey(id)));
        Assert.True(JsonNode.DeepEquals(Timeless(stored), Timeless(direct)), $"{stored}\n{direct}");
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task PostDetect_RawBody_IsInspected(string contentType)
    {
        using var response = await Server.DetectAsync(Pictures.Sample("open.jpg"), mediaType: contentType);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("fail", (await Json.ReadAsync(response)).Text("verdict"));
    }

    [Fact]
    public async Task PostDetect_Multipart_IsInspected()
    {
        using var response = await Server.Http.PostAsync("/api/detect", new Form().File(Pictures.Sample("open.jpg")).ToContent());

        Assert.Equal("fail", (await Json.ReadAsync(response)).Text("verdict"));
    }

    [Fact]
    public async Task PostDetect_Sample_LeavesNothing() => await Traces.AssertNoneAsync(Server, async () =>
    {
        using var response = await Server.DetectAsync(Pictures.Sample("open.jpg"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    });

    [Fact]
    public async Task PostDetect_Thresholds_OverrideTheProfile()
    {
        using var response = await Server.DetectAsync(Pictures.Sample("open.jpg"), "?confidence=0.99&iou=0.3");
        var inspection = await Json.ReadAsync(response);

        Assert.Equal("pass", inspection.Text("verdict"));
        Assert.Equal(0.99, inspection.GetProperty("overrides").GetProperty("confidence").GetDouble(), 5);
        Assert.Equal(0.3, inspection.GetProperty("overrides").GetProperty("iou").GetDouble(), 5);
    }

    [Fact]
    public async Task PostDetect_ProfileAndModel_AreUsed()
    {
        using var response = await Server.DetectAsync(Pictures.Sample("open.jpg"), "?profile_id=pcb-defects&model=pcb-defects&tiles=off");
        var inspection = await Json.ReadAsync(response);

        Assert.Equal("pcb-defects", inspection.GetProperty("profile").Text("id"));
        Assert.Equal("pcb-defects", inspection.GetProperty("model").Text("id"));
    }

    [Theory]
    [InlineData("?confidence=1.5", "confidence")]
    [InlineData("?confidence=-0.1", "confidence")]
    [InlineData("?confidence=NaN", "confidence")]
    [InlineData("?confidence=high", "confidence")]
    [InlineData("?iou=2", "iou")]
    [InlineData("?iou=x", "iou")]
    [InlineData("?model=no-such", "model")]
    [InlineData("?model=../up", "model")]
    [InlineData("?profile_id=no-such", "profile_id")]
    [InlineData("?profile_id=A%20B", "profile_id")]
    [InlineData("?tiles=on", "tiles")]
    public async Task PostDetect_WrongParameter_NamesIt(string query, string field)
    {
        var problem = await Problem.AssertAsync(await Server.DetectAsync(Pictures.Sample("open.jpg"), query), HttpStatusCode.BadRequest);

        Assert.NotEmpty(Problem.Error(problem, field));
    }

    [Theory]
    [InlineData("?model=no-such")]
    [InlineData("?profile_id=no-such")]
    public async Task PostDetect_UnknownName_NamesTheKnownOnes(string query) => await Problem.AssertAsync(
        await Server.DetectAsync(Pictures.Sample("open.jpg"), query), HttpStatusCode.BadRequest, "no-such", "pcb-defects");

    private static JsonObject Timeless(JsonObject inspection)
    {
        foreach (var field in new[] { "id", "file_id", "timing", "created_at" })
        {
            inspection.Remove(field);
        }

        return inspection;
    }
}
