using System.Net;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>One file, its inspection, and its end.</summary>
[Collection(OneServer.Name)]
public class FileTests(SharedServer shared)
{
    private static readonly string[] _inspectionFields =
    [
        "id", "file_id", "verdict", "reason", "decided_by", "indications", "model", "profile", "overrides", "software_version",
        "image", "timing", "execution_provider", "batch_size", "created_at", "gates", "coverage", "tiles",
        "registration", "training_knowledge", "training_note",
    ];

    private TestServer Server => shared.Server;

    [Fact]
    public async Task GetFile_Completed_HasEveryFieldOfTheContract()
    {
        var file = await shared.InspectedAsync("open.jpg");

        Assert.Equal(
            ["id", "name", "size", "sha256", "media_type", "width", "height", "state", "error", "profile", "part_id", "batch_id", "created_at", "completed_at", "inspection_id", "verdict", "links", "inspection"],
            Json.Names(file));
        Assert.Equal("open.jpg", file.Text("name"));
        Assert.Equal("image/jpeg", file.Text("media_type"));
        Assert.Equal((640, 640), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));
        Assert.Equal("completed", file.Text("state"));
        Assert.Equal(JsonValueKind.Null, file.GetProperty("error").ValueKind);
        Assert.All(["created_at", "completed_at"], time => Assert.Equal(TimeSpan.Zero, file.GetProperty(time).GetDateTimeOffset().Offset));
        Assert.True(file.GetProperty("completed_at").GetDateTimeOffset() >= file.GetProperty("created_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task GetFile_Completed_HasEveryFieldOfAnInspection()
    {
        var file = await shared.InspectedAsync("open.jpg");
        var inspection = file.GetProperty("inspection");

        Assert.Equal(_inspectionFields, Json.Names(inspection));
        Assert.Equal(file.Id(), inspection.GetProperty("file_id").GetGuid());
        Assert.Equal("fail", inspection.Text("verdict"));
        Assert.Contains("open", inspection.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(["id", "name", "version", "sha256"], Json.Names(inspection.GetProperty("model")));
        Assert.Equal(["id", "version"], Json.Names(inspection.GetProperty("profile")));
        Assert.Equal(["width", "height", "sha256"], Json.Names(inspection.GetProperty("image")));
        Assert.Equal(file.Text("sha256"), inspection.GetProperty("image").Text("sha256"));
        Assert.Equal(
            ["queue_ms", "decode_ms", "preprocess_ms", "inference_ms", "postprocess_ms", "total_ms"], Json.Names(inspection.GetProperty("timing")));
        Assert.Equal("cpu", inspection.Text("execution_provider"));
        Assert.Equal(1, inspection.GetProperty("batch_size").GetInt32());
        Assert.Equal((1, 0), (inspection.GetProperty("coverage").GetInt32(), inspection.GetProperty("tiles").GetInt32()));
        Assert.All(inspection.GetProperty("gates").EnumerateArray(), gate =>
        {
            Assert.Equal(["name", "value", "limit", "passed", "reason"], Json.Names(gate));
            Assert.True(gate.GetProperty("passed").GetBoolean());
        });
        Assert.Equal(["scale", "distribution", "appearance"], inspection.GetProperty("gates").EnumerateArray().Select(gate => gate.Text("name")));
        Assert.Equal("features", inspection.Text("training_knowledge"));
        Assert.Equal(JsonValueKind.Null, inspection.GetProperty("training_note").ValueKind);
        Assert.NotEmpty(inspection.Text("software_version")!);
        Assert.All(["overrides", "registration"], field => Assert.Equal(JsonValueKind.Null, inspection.GetProperty(field).ValueKind));
    }

    [Fact]
    public async Task GetFile_Failing_NamesTheIndicationThatDecided()
    {
        var inspection = (await shared.InspectedAsync("open.jpg")).GetProperty("inspection");
        var indication = inspection.GetProperty("indications").EnumerateArray()
            .Single(each => each.GetProperty("number").GetInt32() == inspection.GetProperty("decided_by").GetInt32());

        Assert.Equal(["number", "class", "class_id", "confidence", "severity", "box", "area", "disposition"], Json.Names(indication));
        Assert.Equal("open", indication.Text("class"));
        Assert.Equal("critical", indication.Text("severity"));
        Assert.InRange(indication.GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.Equal("rejected", indication.Text("disposition"));
        var box = indication.GetProperty("box");
        Assert.Equal(["x", "y", "width", "height"], Json.Names(box));

        // Where samples/expected.json says the crack is.
        Assert.InRange(box.GetProperty("x").GetDouble() + (box.GetProperty("width").GetDouble() / 2), 174, 174 + 34);
        Assert.InRange(box.GetProperty("y").GetDouble() + (box.GetProperty("height").GetDouble() / 2), 121, 121 + 36);
        Assert.Equal(
            box.GetProperty("width").GetDouble() * box.GetProperty("height").GetDouble(), indication.GetProperty("area").GetDouble(), 1.0);
    }

    [Fact]
    public async Task GetInspection_OfAFile_IsTheSameAsInTheFile()
    {
        var inspection = (await shared.InspectedAsync("open.jpg")).GetProperty("inspection");

        var alone = await Server.GetJsonAsync($"/api/inspections/{inspection.Id()}");

        Assert.All(inspection.EnumerateObject(), field => Assert.True(JsonElement.DeepEquals(field.Value, alone.GetProperty(field.Name)), field.Name));
        Assert.Equal(
            ["file_name", "part_id", "batch_id", "picture_deleted_at", "picture_deleted_by"],
            Json.Names(alone).Except(Json.Names(inspection)));
    }

    [Fact]
    public async Task DeleteFile_Completed_RemovesBytesAndKeepsInspection()
    {
        var file = await Server.InspectAsync(Pictures.Sample("spur.jpg"));
        var self = $"/api/files/{file.Id()}";
        using (var drawn = await Server.Http.GetAsync($"{self}/annotated"))
        {
            Assert.Equal(HttpStatusCode.OK, drawn.StatusCode);
        }

        using var deleted = await Server.Http.DeleteAsync(self);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (var path in new[] { self, $"{self}/content", $"{self}/thumbnail", $"{self}/annotated" })
        {
            await Problem.AssertAsync(await Server.Http.GetAsync(path), HttpStatusCode.NotFound, file.Id().ToString());
        }

        await Problem.AssertAsync(await Server.Http.DeleteAsync(self), HttpStatusCode.NotFound);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Server.DataPath, "objects"), "*", SearchOption.AllDirectories),
            path => path.Contains(file.Id().ToString("N"), StringComparison.Ordinal));
        var listed = await Server.GetJsonAsync("/api/files?limit=1000");
        Assert.DoesNotContain(Json.Items(listed), item => item.Id() == file.Id());
        var inspection = await Server.GetJsonAsync($"/api/inspections/{file.GetProperty("inspection").Id()}");
        Assert.Equal(file.Id(), inspection.GetProperty("file_id").GetGuid());
    }

    [Theory]
    [InlineData("GET", "/api/files/{0}")]
    [InlineData("GET", "/api/files/{0}/content")]
    [InlineData("GET", "/api/files/{0}/thumbnail")]
    [InlineData("GET", "/api/files/{0}/annotated")]
    [InlineData("DELETE", "/api/files/{0}")]
    [InlineData("GET", "/api/inspections/{0}")]
    [InlineData("GET", "/api/reports/{0}")]
    [InlineData("GET", "/api/reports/{0}/content")]
    public async Task AnyCall_UnknownId_Is404(string method, string path)
    {
        var id = Guid.CreateVersion7();
        using var request = new HttpRequestMessage(new(method), string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id));
        await Problem.AssertAsync(await Server.Http.SendAsync(request), HttpStatusCode.NotFound, id.ToString());
    }

    [Theory]
    [InlineData("/api/files/17")]
    [InlineData("/api/files/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/inspections/x")]
    [InlineData("/api/reports/x/content")]
    public async Task AnyCall_NoId_Is404(string path) =>
        await Problem.AssertAsync(await Server.Http.GetAsync(path), HttpStatusCode.NotFound);
}
