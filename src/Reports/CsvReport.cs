using Chitti.Domain;
using CsvHelper;

namespace Chitti.Reports;

/// <summary>A report as rows, one per indication; a file without indications gets one row.</summary>
internal static class CsvReport
{
    private static readonly string[] _header =
    [
        "report_id", "issued_at", "file_id", "file_name", "size", "media_type", "part_id", "batch_id", "received_at",
        "inspection_id", "verdict", "reason", "decided_by",
        "number", "class", "class_id", "confidence", "severity", "x", "y", "width", "height", "area", "disposition",
        "millimetres_per_pixel", "image_width", "image_height", "image_sha256",
        "model_id", "model_name", "model_version", "model_sha256", "profile_id", "profile_version",
        "overrides_confidence", "overrides_iou", "overrides_tiles", "coverage", "tiles",
        "reference_sha256", "reference_fit", "reference_visible", "software_version", "execution_provider", "batch_size",
        "timing_total_ms", "created_at", "error", "picture_deleted_at", "picture_deleted_by",
    ];

    public static async Task WriteAsync(ReportDocument document, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, CsvWriterOptions.Default, true);
        foreach (var name in _header)
        {
            csv.WriteField(name);
        }

        await csv.EndRecordAsync(cancellationToken);

        foreach (var item in document.Items)
        {
            var inspection = item.Inspection;
            foreach (var indication in inspection is { Indications.Count: > 0 } ? inspection.Indications : [null!])
            {
                WriteRow(new(csv), document, item, inspection, indication);
                await csv.EndRecordAsync(cancellationToken);
            }
        }
        await csv.FlushAsync(cancellationToken);
    }

    private static void WriteRow(
        CsvCells cells, ReportDocument document, ReportItem item, Inspection? inspection, Indication? indication) =>
        cells
            .Value(document.Id).Time(document.IssuedAt)
            .Value(item.FileId).Text(item.FileName).Value(item.Size).Text(item.MediaType)
            .Text(item.PartId).Text(item.BatchId).Time(item.ReceivedAt)
            .Value(inspection?.Id).Text(inspection is null ? null : ApiJson.Word(inspection.Verdict))
            .Text(inspection?.Reason).Value(inspection?.DecidedBy)
            .Value(indication?.Number).Text(indication?.Class).Value(indication?.ClassId).Value(indication?.Confidence)
            .Text(indication?.Severity is { } severity ? ApiJson.Word(severity) : null)
            .Value(indication?.Box.X).Value(indication?.Box.Y).Value(indication?.Box.Width).Value(indication?.Box.Height)
            .Value(indication?.Area).Text(indication is null ? null : ApiJson.Word(indication.Disposition))
            .Value(item.Profile?.MillimetresPerPixel)
            .Value(inspection?.Image.Width ?? item.Width).Value(inspection?.Image.Height ?? item.Height)
            .Text(inspection?.Image.Sha256 ?? item.Sha256)
            .Text(inspection?.Model.Id).Text(inspection?.Model.Name).Text(inspection?.Model.Version).Text(inspection?.Model.Sha256)
            .Text(inspection?.Profile.Id).Value(inspection?.Profile.Version)
            .Value(inspection?.Overrides?.Confidence).Value(inspection?.Overrides?.Iou).Text(inspection?.Overrides?.Tiles)
            .Value(inspection?.Coverage).Value(inspection?.Tiles)
            .Text(inspection?.Registration?.ReferenceSha256).Value(inspection?.Registration?.Fit).Value(inspection?.Registration?.Visible)
            .Text(inspection?.SoftwareVersion).Text(inspection?.ExecutionProvider).Value(inspection?.BatchSize)
            .Value(inspection?.Timing.TotalMs).Time(inspection?.CreatedAt).Text(item.Error)
            .Time(item.PictureDeletedAt).Text(item.PictureDeletedBy);
}
