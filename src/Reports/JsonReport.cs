using System.Text.Encodings.Web;
using System.Text.Json;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>A report as one JSON object, written item by item, so that memory use does not grow with its size.</summary>
internal static class JsonReport
{
    private const int FlushBytes = 64 * 1024;

    public static async Task WriteAsync(ReportDocument document, Stream output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });
        json.WriteStartObject();
        json.WritePropertyName("report");
        Serialize(json, new Head(
            document.Id, document.IssuedAt, document.SoftwareVersion, document.Details,
            ReportSummary.From(document.Items.Select(i => i.Inspection)), UsedProfile.DistinctOf(document.Items)));
        json.WriteStartArray("items");
        foreach (var item in document.Items)
        {
            Serialize(json, Entry.From(item));
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void Serialize<T>(Utf8JsonWriter json, T value) => JsonSerializer.Serialize(json, value, ApiJson.Options);

    private sealed record Head(
        Guid Id, DateTimeOffset IssuedAt, string SoftwareVersion, ReportDetails Details,
        ReportSummary Summary, IReadOnlyList<UsedProfile> Profiles);

    private sealed record Entry(
        Guid? FileId, string FileName, long Size, string Sha256, string MediaType, int Width, int Height,
        string? PartId, string? BatchId, DateTimeOffset? ReceivedAt, DateTimeOffset? PictureDeletedAt, string? PictureDeletedBy,
        Inspection? Inspection, string? Error)
    {
        public static Entry From(ReportItem item) => new(
            item.FileId, item.FileName, item.Size, item.Sha256, item.MediaType, item.Width, item.Height,
            item.PartId, item.BatchId, item.ReceivedAt, item.PictureDeletedAt, item.PictureDeletedBy, item.Inspection, item.Error);
    }
}
