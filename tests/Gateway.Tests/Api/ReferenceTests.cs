using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chitti.Tests;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Chitti.Gateway.Tests;

/// <summary>References of profiles: how they are added and refused, and what comes of an image beside them.</summary>
[Collection(OneServer.Name)]
public class ReferenceTests(SharedServer shared)
{
    private const string Comparing = "pcb-defects-golden";

    private TestServer Server => shared.Server;

    [Fact]
    public async Task PostReferences_First_AddsAVersionWithTheModelThatCompares()
    {
        var references = await CreateAsync("first-reference");

        using var added = await AddAsync(references, new Form().File(Reference("open.jpg"), "open.jpg").File(Reference("short.jpg"), "short.jpg"));

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("/api/profiles/first-reference/versions/2", added.Headers.Location!.OriginalString);
        var profile = await Json.ReadAsync(added);
        Assert.Equal(Comparing, profile.Text("model_id"));
        var listed = profile.GetProperty("references");
        Assert.True(JsonElement.DeepEquals(listed, await Server.GetJsonAsync(references)));
        Assert.Equal(["open.jpg", "short.jpg"], listed.EnumerateArray().Select(picture => picture.Text("name")));
        using var picture = await Server.Http.GetAsync($"{references}/{listed[1].Text("sha256")}");
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Reference("short.jpg"), await picture.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task PostReferences_KnownPicture_AddsNoVersion()
    {
        var references = await CreateAsync("known-reference");
        using var first = await AddAsync(references, new Form().File(Reference("open.jpg")).File(Reference("open.jpg"), "again.jpg"));

        using var second = await AddAsync(references, new Form().File(Reference("open.jpg"), "other name.jpg"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.True(JsonElement.DeepEquals(await Json.ReadAsync(first), await Json.ReadAsync(second)));
        Assert.Equal(1, (await Server.GetJsonAsync(references)).GetArrayLength());
    }

    [Fact]
    public async Task DeleteReferences_Last_TakesTheModelBackAndKeepsTheEarlierVersion()
    {
        var references = await CreateAsync("left-reference");
        using var added = await AddAsync(references, new Form().File(Reference("open.jpg")));
        var sha256 = (await Json.ReadAsync(added)).GetProperty("references")[0].Text("sha256");

        using var removed = await Server.Http.DeleteAsync($"{references}/{sha256}");
        var again = await Server.Http.DeleteAsync($"{references}/{sha256}");

        Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        var profile = await Json.ReadAsync(removed);
        Assert.Equal((3, "pcb-defects", 0), (profile.GetProperty("version").GetInt32(), profile.Text("model_id"), profile.GetProperty("references").GetArrayLength()));
        await Problem.AssertAsync(again, HttpStatusCode.NotFound, sha256!);
        Assert.Equal(1, (await Server.GetJsonAsync("/api/profiles/left-reference/versions/2")).GetProperty("references").GetArrayLength());
        using var picture = await Server.Http.GetAsync($"{references}/{sha256}");
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
    }

    [Fact]
    public async Task PostReferences_NineInAll_IsRefusedAsAWhole()
    {
        var references = await CreateAsync("nine-references");
        using var first = await AddAsync(references, new Form().File(Reference("open.jpg")));
        var names = Directory.EnumerateFiles(Repository.Path("samples-references")).Select(Path.GetFileName).Where(name => name != "open.jpg").ToList();
        Assert.Equal(8, names.Count);

        var refused = await AddAsync(references, names.Aggregate(new Form(), (form, name) => form.File(Reference(name!), name!)));

        var problem = await Problem.AssertAsync(refused, HttpStatusCode.BadRequest);
        Assert.Equal("file 8 is one too many: the profile has 1 references, and at most 8 are allowed", Problem.Error(problem, "file"));
        Assert.Equal(1, (await Server.GetJsonAsync(references)).GetArrayLength());
    }

    [Fact]
    public async Task PostReferences_Unusable_IsRefusedWithoutTraces()
    {
        var references = await CreateAsync("no-reference");
        var before = StoredReferences();
        var good = new Form().File(Reference("good-1.jpg"), "good.jpg");

        await Problem.AssertAsync(
            await AddAsync(references, good.File(Pictures.Encode(640, 640, SKEncodedImageFormat.Png), "flat.png")), HttpStatusCode.UnprocessableEntity,
            "File 2 ('flat.png') can't be a reference: it shows too little that an image could be aligned to.");
        await Problem.AssertAsync(
            await AddAsync(references, new Form().File(Pictures.Encode(16, 16, SKEncodedImageFormat.Png), "tiny.png")), HttpStatusCode.UnprocessableEntity,
            "File 1 ('tiny.png') can't be a reference: it is too small to recognise anything.");
        await Problem.AssertAsync(
            await AddAsync(references, new Form().File(Pictures.Truncated(Reference("open.jpg")), "half.jpg")), HttpStatusCode.UnprocessableEntity, "can't be decoded");
        await Problem.AssertAsync(await AddAsync(references, new Form().File(Pictures.Text, "text.jpg")), HttpStatusCode.UnsupportedMediaType, "text.jpg");
        var field = await Problem.AssertAsync(await AddAsync(references, new Form().Field("part_id", "1")), HttpStatusCode.BadRequest);
        Assert.Contains("whose only field is file", Problem.Error(field, "part_id"), StringComparison.Ordinal);
        await Problem.AssertAsync(
            await Server.Http.PostAsync(references, Form.Content("{}"u8.ToArray(), "application/json")), HttpStatusCode.UnsupportedMediaType, "multipart/form-data");
        await Problem.AssertAsync(
            await AddAsync("/api/profiles/none-such/references", new Form().File(Reference("open.jpg"))), HttpStatusCode.NotFound, "none-such");

        Assert.Equal(before, StoredReferences());
        Assert.Equal(1, (await Server.GetJsonAsync("/api/profiles/no-reference")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task PostVersions_PictureThatIsNotStored_IsRefused()
    {
        var references = await CreateAsync("unknown-picture");
        using var added = await AddAsync(references, new Form().File(Reference("open.jpg")));
        var profile = JsonNode.Parse(await added.Content.ReadAsStringAsync())!.AsObject();
        using var repeated = await Server.Http.PostAsync("/api/profiles/unknown-picture/versions", Form.Content(Bytes(profile), "application/json"));
        profile["references"]![0]!["sha256"] = new string('a', 64);

        var problem = await Problem.AssertAsync(
            await Server.Http.PostAsync("/api/profiles/unknown-picture/versions", Form.Content(Bytes(profile), "application/json")), HttpStatusCode.BadRequest);

        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        Assert.Contains("no picture is stored with aaaa", Problem.Error(problem, "references[0].sha256"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostVersions_ComparingModelWithoutReferences_IsRefused()
    {
        await CreateAsync("nothing-to-compare");
        var profile = JsonNode.Parse((await Server.GetJsonAsync("/api/profiles/nothing-to-compare")).GetRawText())!.AsObject();
        profile["model_id"] = Comparing;

        var problem = await Problem.AssertAsync(
            await Server.Http.PostAsync("/api/profiles/nothing-to-compare/versions", Form.Content(Bytes(profile), "application/json")), HttpStatusCode.BadRequest);

        Assert.Contains("compares with them", Problem.Error(problem, "references"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostFiles_UnderAProfileWithReferences_AreJudgedBesideTheBestOne()
    {
        var references = await CreateAsync("judged-beside");
        using var added = await AddAsync(
            references, new Form().File(Reference("good-2.jpg"), "good-2.jpg").File(Reference("open.jpg"), "open.jpg").File(Reference("good-1.jpg"), "good-1.jpg"));
        var pictures = (await Json.ReadAsync(added)).GetProperty("references").EnumerateArray().ToDictionary(one => one.Text("name")!, one => one.Text("sha256"));

        var bad = await InspectAsync("judged-beside", Pictures.Sample("open.jpg"));
        var good = await InspectAsync("judged-beside", Pictures.Sample("good-1.jpg"));
        var copy = await InspectAsync("judged-beside", Reference("good-1.jpg"));
        var other = await InspectAsync("judged-beside", Pictures.Sample("short.jpg"));

        Assert.Equal(["fail", "pass", "review", "review"], new[] { bad, good, copy, other }.Select(one => one.Text("verdict")));
        Assert.Equal((pictures["open.jpg"], pictures["good-1.jpg"]), (Registration(bad).Text("reference_sha256"), Registration(good).Text("reference_sha256")));
        Assert.Contains("is a copy of the reference", copy.Text("reason"), StringComparison.Ordinal);
        Assert.StartsWith("not recognised as this part", other.Text("reason"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Registration(other).GetProperty("reference_sha256").ValueKind);
        Assert.Equal(Comparing, bad.GetProperty("model").Text("id"));
        Assert.Equal(["scale", "distribution", "reference", "visible"], bad.GetProperty("gates").EnumerateArray().Select(gate => gate.Text("name")));
        var map = Registration(good).GetProperty("image_to_reference").EnumerateArray().Select(value => value.GetDouble()).ToArray();

        // As samples/generate.cs lays the other scan: turned by 0.4 degrees around the middle, then moved.
        const double Middle = 319.5;
        Assert.Equal(Middle + 2.6, ((map[0] + map[1]) * Middle) + map[2], 0.5);
        Assert.Equal(Middle - 1.8, ((map[3] + map[4]) * Middle) + map[5], 0.5);
        Assert.Equal(0.4, Math.Asin(map[3]) * 180 / Math.PI, 0.05);
    }

    [Theory]
    [InlineData("pdf")]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task PostReports_ImageBesideAReference_SaysWhichAndHow(string format)
    {
        var references = await CreateAsync($"reported-{format}");
        using var added = await AddAsync(references, new Form().File(Reference("open.jpg"), "golden board.jpg"));
        var sha256 = (await Json.ReadAsync(added)).GetProperty("references")[0].Text("sha256")!;
        var file = await Server.EndAsync((await Server.AcceptAsync(
            new Form().Field("profile_id", $"reported-{format}").File(Pictures.Sample("open.jpg"))))[0].Id());

        using var content = await Server.ReportContentAsync(await Server.RequestReportAsync(new { file_ids = new[] { file.Id() }, format }));

        var bytes = await content.Content.ReadAsByteArrayAsync();
        if (format != "pdf")
        {
            Assert.Contains(sha256, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
            return;
        }

        using var pdf = PdfDocument.Open(bytes);
        var pages = pdf.GetPages().ToList();
        var text = string.Concat(pages.Select(page => page.Text));
        Assert.Contains("Beside the reference", text, StringComparison.Ordinal);
        Assert.Contains("the reference 'golden board.jpg' aligned to it", text, StringComparison.Ordinal);
        Assert.Contains(sha256, text, StringComparison.Ordinal);

        // Both pictures as they are, however often they are drawn.
        var drawn = pages.SelectMany(page => page.GetImages()).Select(image => image.RawBytes.Length).ToList();
        Assert.Equal(2, drawn.Distinct().Count());
        Assert.True(drawn.Count >= 8, $"{drawn.Count} pictures are drawn");
    }

    private static JsonElement Registration(JsonElement inspection) => inspection.GetProperty("registration");

    private static byte[] Reference(string name) => File.ReadAllBytes(Repository.Path("samples-references", name));

    private static byte[] Bytes(JsonObject profile) => JsonSerializer.SerializeToUtf8Bytes(profile);

    private string[] StoredReferences() => Directory.Exists(Path.Combine(Server.DataPath, "objects", "references"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Server.DataPath, "objects", "references")).Order(StringComparer.Ordinal)] : [];

    /// <summary>Creates a profile like the default one.</summary>
    /// <returns>The path of its references.</returns>
    private async Task<string> CreateAsync(string id)
    {
        var profile = JsonNode.Parse((await Server.GetJsonAsync("/api/profiles/pcb-defects")).GetRawText())!.AsObject();
        profile["id"] = id;
        using var created = await Server.Http.PostAsync("/api/profiles", Form.Content(Bytes(profile), "application/json"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return $"/api/profiles/{id}/references";
    }

    private Task<HttpResponseMessage> AddAsync(string references, Form form) => Server.Http.PostAsync(references, form.ToContent());

    private async Task<JsonElement> InspectAsync(string profile, byte[] image)
    {
        var item = Assert.Single(await Server.AcceptAsync(new Form().Field("profile_id", profile).File(image)));
        return (await Server.EndAsync(item.Id())).GetProperty("inspection");
    }
}
