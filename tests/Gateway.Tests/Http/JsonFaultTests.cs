using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Gateway.Tests;

/// <summary>The serializer's messages are read in one place; these tests tell when another version words them differently.</summary>
public class JsonFaultTests
{
    [Theory]
    [InlineData("""{"format":"doc"}""", "format", "must be one of pdf, json, csv")]
    [InlineData("""{"title":"T"}""", "format", "is required")]
    [InlineData("""{"format":"pdf","file_ids":["x"]}""", "file_ids[0]", "must be a UUID")]
    [InlineData("""{"format":"pdf","file_ids":7}""", "file_ids", "must be a list")]
    [InlineData("""{"format":"pdf","received_at":"soon"}""", "received_at", "must be a time such as 2026-01-31T12:00:00Z")]
    [InlineData("""[]""", "body", "must be an object")]
    public void Describe_FaultInAReportRequest_NamesFieldAndWhatIsAllowed(string json, string field, string message) =>
        Assert.Equal([message], Describe<CreateReportRequest>(json)[field]);

    [Theory]
    [InlineData("""{"class":"open"}""", "criteria[0].severity", "is required")]
    [InlineData("""{"class":"open","severity":"bad"}""", "criteria[0].severity", "must be one of minor, major, critical")]
    [InlineData("""{"class":"open","record_confidence":"x"}""", "criteria[0].record_confidence", "must be a number")]
    [InlineData("""{"class":"open","max_count":1.5}""", "criteria[0].max_count", "must be a whole number")]
    public void Describe_FaultInANestedObject_NamesItsPath(string criterion, string field, string message) =>
        Assert.Equal([message], Describe<AddVersionRequest>($$"""{"criteria":[{{criterion}}]}""")[field]);

    [Fact]
    public void Describe_UnknownField_NamesThoseThatThereAre() => Assert.StartsWith(
        "is not known; there are class, severity, record_confidence",
        Assert.Single(Describe<AddVersionRequest>("""{"criteria":[{"max_siz":1}]}""")["criteria[0].max_siz"]),
        StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, string[]> Describe<T>(string json)
    {
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(json, ApiJson.Strict));
        return JsonFault.Describe(fault, typeof(T), ApiJson.Strict);
    }
}
