using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chitti.ServiceDefaults;

/// <summary>Health as JSON, with each check by name. A failed check has the message of its exception, never the stack trace.</summary>
internal sealed record HealthResponse(string Status, IReadOnlyDictionary<string, HealthResponse.Part> Parts)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthResponse(Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Part.From(entry.Value))),
        _json,
        context.RequestAborted);

    private static string Word(HealthStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    internal sealed record Part(string Status, string? Detail, double DurationMs)
    {
        internal static Part From(HealthReportEntry entry) => new(
            Word(entry.Status), entry.Description ?? entry.Exception?.Message, Math.Round(entry.Duration.TotalMilliseconds, 1));
    }
}
