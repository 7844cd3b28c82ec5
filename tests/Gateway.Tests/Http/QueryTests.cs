using System.Net;
using System.Text.Json;

namespace Chitti.Gateway.Tests;

/// <summary>Query parameters that do not exist, or that are given twice.</summary>
[Collection(OneServer.Name)]
public class QueryTests(SharedServer shared)
{
    private static readonly string[] _methods = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task AnyCall_UnknownParameter_Is400AndNamesThoseThatExist()
    {
        var document = await shared.Server.GetJsonAsync("/openapi/v1.json");
        var calls =
            (from path in document.GetProperty("paths").EnumerateObject()
             from operation in path.Value.EnumerateObject()
             where _methods.Contains(operation.Name)
             select (Path: path.Name, Method: operation.Name, Known: QueryOf(operation.Value))).ToList();
        Assert.Contains(calls, call => call.Known.Contains("confidence"));

        foreach (var (path, method, known) in calls)
        {
            var address = path.Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), address + "?conf=0.9");
            var problem = await Problem.AssertAsync(await shared.Server.Http.SendAsync(request), HttpStatusCode.BadRequest, [.. known]);

            Assert.StartsWith("is not a parameter of this call, which has", Problem.Error(problem, "conf"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task GetFiles_ParametersInOtherCase_AreRead()
    {
        var list = await shared.Server.GetJsonAsync("/api/files?Limit=1");

        Assert.InRange(list.GetProperty("items").GetArrayLength(), 0, 1);
    }

    [Fact]
    public async Task GetFiles_ParameterGivenTwice_Is400()
    {
        using var response = await shared.Server.Http.GetAsync("/api/files?batch_id=1&batch_id=2&verdict=fail");

        Assert.Equal("is given 2 times; once is allowed", Problem.Error(await Problem.AssertAsync(response, HttpStatusCode.BadRequest), "batch_id"));
    }

    private static string[] QueryOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray().Where(parameter => parameter.Text("in") == "query").Select(parameter => parameter.Text("name")!)]
        : [];
}
