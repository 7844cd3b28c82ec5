using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chitti.Gateway.Tests;

[Collection(OneServer.Name)]
public class ProfileTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task PostProfiles_New_IsVersionOneAndFound()
    {
        using var created = await PostAsync("/api/profiles", Profile("new-one"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/api/profiles/new-one/versions/1", created.Headers.Location!.OriginalString);
        var profile = await Json.ReadAsync(created);
        Assert.Equal(("new-one", 1), (profile.Text("id"), profile.GetProperty("version").GetInt32()));
        Assert.Equal("Board of the test", profile.Text("name"));
        Assert.Equal("2026-01-31", profile.Text("effective_date"));
        Assert.Equal(0.02, profile.GetProperty("millimetres_per_pixel").GetDouble());
        Assert.Equal("millimetre", profile.GetProperty("criteria")[0].Text("size_unit"));
        Assert.Equal(3, profile.GetProperty("criteria")[0].GetProperty("zone").GetArrayLength());
        foreach (var path in new[] { "/api/profiles/new-one", "/api/profiles/new-one/versions/1" })
        {
            Assert.True(JsonElement.DeepEquals(profile, await Server.GetJsonAsync(path)));
        }
    }

    [Fact]
    public async Task PostVersions_Existing_AddsAndKeepsTheOlder()
    {
        using var first = await PostAsync("/api/profiles", Profile("two-versions"));
        var changed = Profile("two-versions");
        changed.Remove("id");
        changed["name"] = "Changed";

        using var second = await PostAsync("/api/profiles/two-versions/versions", changed);

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal("/api/profiles/two-versions/versions/2", second.Headers.Location!.OriginalString);
        Assert.Equal("Changed", (await Server.GetJsonAsync("/api/profiles/two-versions")).Text("name"));
        Assert.Equal("Board of the test", (await Server.GetJsonAsync("/api/profiles/two-versions/versions/1")).Text("name"));
    }

    [Fact]
    public async Task PostFiles_UnderAProfile_IsJudgedByItsNewestVersion()
    {
        var lenient = Profile("lenient");
        lenient["criteria"]![0]!["reject_confidence"] = 1.0;
        lenient["criteria"]![0]!["review_confidence"] = null;
        using var created = await PostAsync("/api/profiles", lenient);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var item = Assert.Single(await Server.AcceptAsync(new Form().Field("profile_id", "lenient").File(Pictures.Sample("open.jpg"))));
        var inspection = (await Server.EndAsync(item.Id())).GetProperty("inspection");

        Assert.Equal("pass", inspection.Text("verdict"));
        Assert.Equal("lenient", inspection.GetProperty("profile").Text("id"));
        Assert.Equal("accepted", inspection.GetProperty("indications")[0].Text("disposition"));
    }

    [Fact]
    public async Task PostProfiles_TakenId_Is409()
    {
        using var first = await PostAsync("/api/profiles", Profile("taken"));
        await Problem.AssertAsync(await PostAsync("/api/profiles", Profile("taken")), HttpStatusCode.Conflict, "taken");
    }

    [Theory]
    [InlineData("/api/profiles/no-such")]
    [InlineData("/api/profiles/pcb-defects/versions/99")]
    [InlineData("/api/profiles/pcb-defects/versions/0")]
    [InlineData("/api/profiles/pcb-defects/versions/-1")]
    [InlineData("/api/profiles/pcb-defects/versions/one")]
    [InlineData("/api/profiles/UPPER")]
    public async Task GetProfile_Unknown_Is404(string path) =>
        await Problem.AssertAsync(await Server.Http.GetAsync(path), HttpStatusCode.NotFound);

    [Fact]
    public async Task PostVersions_UnknownProfile_Is404()
    {
        var version = Profile("x");
        version.Remove("id");
        await Problem.AssertAsync(await PostAsync("/api/profiles/no-such/versions", version), HttpStatusCode.NotFound, "no-such");
    }

    [Fact]
    public async Task ListProfiles_ByCursor_GivesEachOnceByItsNewestVersion()
    {
        foreach (var id in new[] { "page-a", "page-b", "page-c" })
        {
            using var created = await PostAsync("/api/profiles", Profile(id));
        }

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Server.GetJsonAsync($"/api/profiles?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
            ids.AddRange(Json.Items(page).Select(item => item.Text("id")!));
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
        Assert.Superset(new HashSet<string> { "page-a", "page-b", "page-c", "pcb-defects" }, ids.ToHashSet());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("cursor=%20", "cursor")]
    public async Task ListProfiles_WrongParameter_NamesIt(string query, string field)
    {
        var problem = await Problem.AssertAsync(await Server.Http.GetAsync($"/api/profiles?{query}"), HttpStatusCode.BadRequest);
        Assert.NotEmpty(Problem.Error(problem, field));
    }

    [Theory]
    [InlineData("id", "\"Not An Id\"", "id")]
    [InlineData("name", "\"\"", "name")]
    [InlineData("name", "17", "name")]
    [InlineData("name", "null", "name")]
    [InlineData("material", "\"wood\"", "material")]
    [InlineData("material", "0", "material")]
    [InlineData("model_id", "\"no-such\"", "model_id")]
    [InlineData("nms_iou", "2", "nms_iou")]
    [InlineData("nms_iou", "\"half\"", "nms_iou")]
    [InlineData("millimetres_per_pixel", "-1", "millimetres_per_pixel")]
    [InlineData("effective_date", "\"yesterday\"", "effective_date")]
    [InlineData("criteria", "[]", "criteria")]
    [InlineData("criteria", "{}", "criteria")]
    [InlineData("criteria", "[null]", "criteria[0]")]
    [InlineData("criteria", "[{\"class\":\"no-such\",\"severity\":\"minor\",\"record_confidence\":0.2,\"reject_confidence\":0.5}]", "criteria[0].class")]
    [InlineData("criteria", "[{\"class\":\"open\",\"severity\":\"awful\",\"record_confidence\":0.2,\"reject_confidence\":0.5}]", "criteria[0].severity")]
    [InlineData("criteria", "[{\"class\":\"open\",\"severity\":\"minor\",\"record_confidence\":0.6,\"reject_confidence\":0.5}]", "criteria[0].reject_confidence")]
    [InlineData("criteria", "[{\"class\":\"open\",\"severity\":\"minor\",\"reject_confidence\":0.5}]", "criteria[0].record_confidence")]
    [InlineData("image", "{\"min_width\":0}", "image.min_width")]
    [InlineData("ignored", "[null]", "ignored[0]")]
    [InlineData("ignored", "[{\"class\":\"spur\"}]", "ignored[0].reason")]
    [InlineData("ignored", "[{\"class\":\"spur\",\"reason\":\" \"}]", "ignored[0].reason")]
    [InlineData("ignored", "[{\"class\":\"no-such\",\"reason\":\"-\"}]", "ignored[0].class")]
    [InlineData("ignored", "[{\"class\":\"open\",\"reason\":\"-\"}]", "ignored")]
    [InlineData("ignored", "[{\"class\":\"spur\",\"reason\":\"-\"},{\"class\":\"spur\",\"reason\":\"-\"}]", "ignored")]
    [InlineData("image", "null", "image")]
    [InlineData("reject_above", "0.5", "reject_above")]
    public async Task PostProfiles_WrongField_NamesIt(string field, string json, string named)
    {
        var profile = Profile("wrong");
        profile[field] = JsonNode.Parse(json);

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.BadRequest);

        Assert.NotEmpty(Problem.Error(problem, named));
        await Problem.AssertAsync(await Server.Http.GetAsync("/api/profiles/wrong"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PostProfiles_ManyWrongFields_NamesThemAll()
    {
        var profile = Profile("many-wrong");
        profile["name"] = "";
        profile["nms_iou"] = 7;
        profile["model_id"] = "no-such";

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.BadRequest, "pcb-defects");

        Assert.Superset(new HashSet<string> { "name", "nms_iou", "model_id" }, Json.Names(problem.GetProperty("errors")).ToHashSet());
    }

    [Fact]
    public async Task PostProfiles_FieldsOfWrongTypeFarApart_NamesThemAll()
    {
        var profile = Profile("of-another-kind");
        profile["material"] = "wood";
        profile["procedure"] = new string('x', 500_000);
        profile["nms_iou"] = "half";
        profile.Remove("name");

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.BadRequest);

        Assert.Equal(["material", "name", "nms_iou", "procedure"], Json.Names(problem.GetProperty("errors")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task PostProfiles_UnreadableAndWrongAndUnfitFields_NamesThemAllAtOnce()
    {
        var profile = Profile("all-at-once");
        profile.Remove("name");
        profile["nms_iou"] = 7;
        profile["criteria"]![0]!["severity"] = "awful";
        profile["criteria"]![0]!["record_confidence"] = "low";
        profile["criteria"]![0]!["max_size"] = -1;
        profile["ignored"]![0]!["class"] = "rust";

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.BadRequest);

        // Limits that depend on record_confidence are not mentioned.
        Assert.Equal(
            ["classes", "criteria[0].max_size", "criteria[0].record_confidence", "criteria[0].severity", "ignored[0].class", "name", "nms_iou"],
            Json.Names(problem.GetProperty("errors")).Order(StringComparer.Ordinal));
        Assert.Contains("short", Problem.Error(problem, "classes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostProfiles_WrongIdAndWrongFields_NamesThemAllAtOnce()
    {
        var profile = Profile("Not An Id");
        profile["nms_iou"] = 7;

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.BadRequest);

        Assert.Equal(["id", "nms_iou"], Json.Names(problem.GetProperty("errors")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task PostProfiles_ClassesNeitherJudgedNorIgnored_Is422AndNamesThem()
    {
        var profile = Profile("says-too-little");
        profile["ignored"]!.AsArray().RemoveAt(4);
        profile["ignored"]!.AsArray().RemoveAt(0);

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("also finds short, pin_hole;", Problem.Error(problem, "classes"), StringComparison.Ordinal);
        await Problem.AssertAsync(await Server.Http.GetAsync("/api/profiles/says-too-little"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Post_WhatGetGave_IsAccepted()
    {
        using var first = await PostAsync("/api/profiles", Profile("there-and-back"));
        var got = JsonNode.Parse(await Server.Http.GetStringAsync("/api/profiles/there-and-back"))!.AsObject();

        using var same = await PostAsync("/api/profiles/there-and-back/versions", got);
        Assert.Equal((HttpStatusCode.Created, 1), (same.StatusCode, (await Json.ReadAsync(same)).GetProperty("version").GetInt32()));

        got["name"] = "Changed";
        using var second = await PostAsync("/api/profiles/there-and-back/versions", got);
        Assert.Equal((HttpStatusCode.Created, 2), (second.StatusCode, (await Json.ReadAsync(second)).GetProperty("version").GetInt32()));

        got["id"] = "a-copy";
        using var copy = await PostAsync("/api/profiles", got);
        Assert.Equal((HttpStatusCode.Created, 1), (copy.StatusCode, (await Json.ReadAsync(copy)).GetProperty("version").GetInt32()));
        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles/there-and-back/versions", got), HttpStatusCode.BadRequest);
        Assert.Contains("'there-and-back'", Problem.Error(problem, "id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostFiles_FindingOfAnIgnoredClass_IsRecordedAsIgnored()
    {
        var profile = Profile("ignores-opens");
        profile["criteria"]![0]!["class"] = "short";
        profile["ignored"]![0]!["class"] = "open";
        using var created = await PostAsync("/api/profiles", profile);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var item = Assert.Single(await Server.AcceptAsync(new Form().Field("profile_id", "ignores-opens").File(Pictures.Sample("open.jpg"))));
        var inspection = (await Server.EndAsync(item.Id())).GetProperty("inspection");

        Assert.Equal(("pass", "no indications of a class that counts"), (inspection.Text("verdict"), inspection.Text("reason")));
        var indication = Assert.Single(inspection.GetProperty("indications").EnumerateArray());
        Assert.Equal(("open", "ignored", null), (indication.Text("class"), indication.Text("disposition"), indication.Text("severity")));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("criteria")]
    public async Task PostProfiles_MissingField_NamesIt(string field)
    {
        var profile = Profile("missing");
        profile.Remove(field);

        var problem = await Problem.AssertAsync(await PostAsync("/api/profiles", profile), HttpStatusCode.BadRequest);

        Assert.Equal("is required", Problem.Error(problem, field));
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task PostProfiles_NotAJsonObject_IsRefused(string body, string contentType, HttpStatusCode status) => await Problem.AssertAsync(
        await Server.Http.PostAsync("/api/profiles", Form.Content(Encoding.UTF8.GetBytes(body), contentType)), status);

    [Fact]
    public async Task PostProfiles_HugeBody_Is413()
    {
        var profile = Profile("huge");
        profile["procedure"] = new string('x', 2 << 20);

        // The server closes without reading the body: a client that is already sending may not see the response.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/profiles")
        {
            Content = Form.Content(Encoding.UTF8.GetBytes(profile.ToJsonString()), "application/json"),
        };
        request.Headers.ExpectContinue = true;
        await Problem.AssertAsync(await Server.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task PostProfiles_DeepBody_IsRefused() => await Problem.AssertAsync(
        await Server.Http.PostAsync("/api/profiles", Form.Content(Encoding.UTF8.GetBytes(new string('[', 100_000)), "application/json")),
        HttpStatusCode.BadRequest);

    [Fact]
    public async Task ListModels_Default_IsDescribed()
    {
        var models = Json.Items(await Server.GetJsonAsync("/api/models"));
        Assert.Equal(["pcb-defects", "pcb-defects-golden"], models.Select(one => one.Text("id")));
        Assert.Equal((true, "pcb-defects"), (models[1].GetProperty("needs_reference").GetBoolean(), models[1].Text("replaces")));
        var model = models[0];

        Assert.Equal(
            ["id", "name", "version", "sha256", "family", "classes", "input_width", "input_height", "licence", "needs_reference", "replaces", "is_default", "is_available"],
            Json.Names(model));
        Assert.Equal("pcb-defects", model.Text("id"));
        Assert.True(model.GetProperty("is_default").GetBoolean());
        Assert.True(model.GetProperty("is_available").GetBoolean());
        Assert.Equal(6, model.GetProperty("classes").GetArrayLength());
        Assert.Matches("^[0-9a-f]{64}$", model.Text("sha256"));
    }

    private static JsonObject Profile(string id) => JsonNode.Parse($$"""
        {
          "id": "{{id}}", "name": "Board of the test", "component_type": "board", "material": "pcb", "model_id": "pcb-defects",
          "effective_date": "2026-01-31", "approver": "A. Tester", "millimetres_per_pixel": 0.02, "nms_kind": "agnostic",
          "criteria": [{
            "class": "open", "severity": "critical", "record_confidence": 0.25, "review_confidence": 0.35, "reject_confidence": 0.5,
            "max_size": 0.001, "size_unit": "millimetre", "zone": [{ "x": 0, "y": 0 }, { "x": 1, "y": 0 }, { "x": 1, "y": 1 }]
          }],
          "ignored": [
            { "class": "short", "reason": "tested electrically" }, { "class": "mousebite", "reason": "of no effect" },
            { "class": "spur", "reason": "of no effect" }, { "class": "spurious_copper", "reason": "of no effect", "record_confidence": 0.4 },
            { "class": "pin_hole", "reason": "of no effect" }
          ]
        }
        """)!.AsObject();

    private Task<HttpResponseMessage> PostAsync(string path, JsonObject body) =>
        Server.Http.PostAsync(path, Form.Content(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json"));
}
