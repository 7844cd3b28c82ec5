using System.Text.Json;
using System.Text.RegularExpressions;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Compares docs/api.md and docs/settings.md with the program.</summary>
[Collection(OneServer.Name)]
public partial class ContractTests(SharedServer shared)
{
    private static readonly string[] _operational =
        ["GET /dashboard", "GET /docs", "GET /health/live", "GET /health/ready", "GET /metrics", "GET /openapi/v1.json"];

    private static readonly string[] _methods = ["get", "post", "put", "patch", "delete"];

    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md"));

    [Fact]
    public async Task OpenApi_Operations_AreTheServedRowsOfThePage()
    {
        var served = Rows().Where(row => row.Served == "served").Select(row => row.Call).Except(_operational);

        Assert.Equal(
            served.Order(StringComparer.Ordinal), (await OperationsAsync()).Select(operation => operation.Call).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_OperationalRows_AreServed()
    {
        Assert.Subset(Rows().Where(row => row.Served == "served").Select(row => row.Call).ToHashSet(), _operational.ToHashSet());
        foreach (var call in _operational)
        {
            using var response = await shared.Server.Http.GetAsync(call[4..]);
            Assert.True((int)response.StatusCode is 200 or 503, $"{call} answers {response.StatusCode}.");
        }
    }

    [Fact]
    public void Page_Rows_AreServedOrNotYet() =>
        Assert.All(Rows(), row => Assert.Contains(row.Served, new[] { "served", "not yet" }));

    [Fact]
    public async Task OpenApi_EveryOperation_DeclaresItsProblems()
    {
        Assert.All(await OperationsAsync(), operation =>
        {
            var responses = operation.Description.GetProperty("responses").EnumerateObject().ToArray();
            Assert.Contains(responses, response => response.Name.StartsWith('2'));
            Assert.All(["500", "503"], status => Assert.Contains(responses, response => response.Name == status));
            Assert.All(
                responses.Where(response => response.Name[0] is '4' or '5'),
                response => Assert.True(response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), response.Name));
            Assert.NotEmpty(operation.Description.Text("summary")!);
        });
    }

    [Theory]
    [InlineData("POST /api/files", 400, 409, 413, 415, 422, 507)]
    [InlineData("GET /api/files", 400)]
    [InlineData("GET /api/files/{id}", 404)]
    [InlineData("DELETE /api/files/{id}", 404)]
    [InlineData("GET /api/files/{id}/content", 404, 416)]
    [InlineData("GET /api/files/{id}/annotated", 404, 409, 416, 422)]
    [InlineData("POST /api/detect", 400, 413, 415, 422, 429)]
    [InlineData("POST /api/profiles", 400, 409, 413, 415)]
    [InlineData("POST /api/profiles/{id}/versions", 400, 404, 413, 415)]
    [InlineData("POST /api/reports", 400, 413, 415)]
    [InlineData("GET /api/reports/{id}/content", 404, 409)]
    public async Task OpenApi_Operation_DeclaresTheStatusesThatTestsGet(string call, params int[] statuses)
    {
        var operation = (await OperationsAsync()).Single(each => each.Call == call).Description;

        Assert.All(statuses, status => Assert.True(operation.GetProperty("responses").TryGetProperty($"{status}", out _), $"{status}"));
    }

    [Theory]
    [InlineData("Indication", "area")]
    [InlineData("Box", "x", "y", "width", "height")]
    [InlineData("Inspection", "timing", "created_at")]
    [InlineData("ProfileResponse", "id", "version", "created_at", "name", "criteria")]
    public async Task OpenApi_Answer_RequiresWhatItAlwaysHas(string schema, params string[] fields) =>
        Assert.Superset(fields.ToHashSet(), (await SchemaAsync(schema)).GetProperty("required").EnumerateArray().Select(name => name.GetString()!).ToHashSet());

    [Theory]
    [InlineData("CreateProfileRequest")]
    [InlineData("AddVersionRequest")]
    [InlineData("CreateReportRequest")]
    public async Task OpenApi_Request_AllowsNoOtherFields(string schema) =>
        Assert.False((await SchemaAsync(schema)).GetProperty("additionalProperties").GetBoolean());

    [Fact]
    public void Page_Limits_NameSettingsThatExist()
    {
        var known = Programs.Settings.Keys.ToHashSet();
        var named = LimitRow().Matches(_page).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(named);
        Assert.Subset(known, named.ToHashSet());
        Assert.Equal(
            known.Where(IsLimit).Order(StringComparer.Ordinal), named.Where(IsLimit).Order(StringComparer.Ordinal));

        static bool IsLimit(string setting) => setting.StartsWith("Chitti:Limits:", StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsPage_Settings_AreThoseOfThePrograms()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));

        var named = SettingRow().Matches(text).Select(match => $"{match.Groups["setting"].Value}: {match.Groups["programs"].Value}");

        Assert.Equal(
            Programs.Settings.Select(setting => $"{setting.Key}: {setting.Value}").Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    private static (string Call, string Served)[] Rows() =>
        [.. CallRow().Matches(_page).Select(match => (match.Groups["call"].Value, match.Groups["served"].Value.Trim()))];

    private async Task<(string Call, JsonElement Description)[]> OperationsAsync()
    {
        var document = await shared.Server.GetJsonAsync("/openapi/v1.json");
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               where _methods.Contains(operation.Name)
               select ($"{operation.Name.ToUpperInvariant()} {Plain(path.Name)}", operation.Value),
        ];
    }

    private async Task<JsonElement> SchemaAsync(string name) =>
        (await shared.Server.GetJsonAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas").GetProperty(name);

    // The page calls the version n.
    private static string Plain(string path) => path.Replace("{version}", "{n}", StringComparison.Ordinal).TrimEnd('/');

    [GeneratedRegex(@"^\| `(?<call>(GET|POST|PUT|PATCH|DELETE) [^`]+)` \|(?<served>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex CallRow();

    [GeneratedRegex(@"^\|[^|]*\|[^|]*\| `(Chitti:[A-Za-z:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex LimitRow();

    [GeneratedRegex(@"^\| `(?<setting>(Chitti|ConnectionStrings):[A-Za-z:]+)` \|[^|]*\| (?<programs>[a-z, ]+) \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
