using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Gateway.Tests;

/// <summary>What callers are told about JSON that the serializer rejects.</summary>
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
        Assert.Equal([message], Describe<ComponentProfile>($$"""{"criteria":[{{criterion}}]}""")[field]);

    [Fact]
    public void Describe_UnknownField_NamesTheKnownOnes() => Assert.StartsWith(
        "is unknown; known fields are class, severity, record_confidence",
        Assert.Single(Describe<ComponentProfile>("""{"criteria":[{"max_siz":1}]}""")["criteria[0].max_siz"]),
        StringComparison.Ordinal);

    [Fact]
    public void Describe_ManyFaults_NamesEach()
    {
        var faults = Describe<ComponentProfile>("""
            {
              "name": null, "component_type": 1, "material": "wood", "nms_iou": null, "image": null, "a.b": 1,
              "criteria": [null, 7, { "class": "open", "zone": [{ "x": "left" }] }]
            }
            """);

        Assert.Equal(
            [
                "a.b", "component_type", "criteria[1]", "criteria[2].record_confidence", "criteria[2].reject_confidence", "criteria[2].severity",
                "criteria[2].zone[0].x", "image", "material", "model_id", "name", "nms_iou",
            ],
            faults.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["must be text"], faults["name"]);
        Assert.Equal(["must be a number"], faults["nms_iou"]);
        Assert.Equal(["must be an object"], faults["criteria[1]"]);
    }

    [Fact]
    public void Describe_EndlessFaults_StopsAtAHundred() => Assert.Equal(
        100, Describe<CreateReportRequest>($$"""{"file_ids":[{{string.Join(',', Enumerable.Repeat("\"x\"", 1_000))}}]}""").Count);

    private static IReadOnlyDictionary<string, string[]> Describe<T>(string json)
    {
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(json, ApiJson.Strict));
        using var document = JsonDocument.Parse(json);
        return JsonFault.Describe(fault, document.RootElement, typeof(T), ApiJson.Strict);
    }
}
