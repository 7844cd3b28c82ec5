using Chitti.Domain;
using Chitti.Reports;
using CsvHelper;

namespace Chitti.Evaluation;

/// <summary>The figures as tables (CSV): per picture, class, defect, point of the curve, and those of the two studies.</summary>
internal static class EvaluationTables
{
    public static async Task WriteAsync(EvaluationResult result, string folder, CancellationToken cancellationToken)
    {
        await WriteAsync(
            folder, "pictures", ["file", "sha256", "defects", "truth", "verdict", "outcome", "reason", "error"],
            [
                .. result.Pictures.Select(picture => (Action<CsvCells>)(cells => cells
                    .Text(picture.File).Text(picture.Sha256).Value(picture.Defects).Text(picture.IsBad ? "bad" : "good").Text(ApiJson.Word(picture.Verdict))
                    .Text(ApiJson.Word(picture.Outcome)).Text(picture.Reason).Text(null))),
                .. result.NotInspected.Select(picture => (Action<CsvCells>)(cells => cells
                    .Text(picture.File).Text(null).Text(null).Text(null).Text(null).Text(null).Text(null).Text(picture.Error))),
            ],
            cancellationToken);
        await WriteAsync(
            folder, "classes",
            ["class", "defects", "ap_50", "ap_50_95", "review_confidence", "review_precision", "review_recall", "review_f", "reject_confidence", "reject_precision", "reject_recall", "reject_f", "best_f_confidence", "best_f", "ap_deep_pcb"],
            result.Detection.Classes.Select(one => (Action<CsvCells>)(cells => Point(Point(cells.Text(one.Class).Value(one.Truths).Value(one.Ap50).Value(one.Ap), one.AtReview), one.AtReject)
                .Value(one.BestF?.Confidence).Value(one.BestF?.F).Value(result.Detection.DeepPcb?.Classes.First(same => same.Class == one.Class).Ap))),
            cancellationToken);
        await WriteAsync(
            folder, "defects", ["file", "class", "x", "y", "width", "height", "size_px", "longer_side_px", "hit", "confidence", "found_as"],
            result.Defects.Select(defect => (Action<CsvCells>)(cells => cells
                .Text(defect.File).Text(defect.Class).Value(defect.Box.X).Value(defect.Box.Y).Value(defect.Box.Width).Value(defect.Box.Height)
                .Value(defect.SizePx).Value(defect.LongerSidePx).Text(defect.Hit ? "true" : "false").Value(defect.Confidence).Text(defect.FoundAs))),
            cancellationToken);
        await WriteAsync(
            folder, "curve", ["shift", "bad", "escapes", "escape_share", "good", "overkill", "overkill_share", "reviews", "review_share"],
            result.Verdicts.Curve.Select(point => (Action<CsvCells>)(cells => cells
                .Value(point.Shift).Value(point.Bad).Value(point.Escapes).Value(point.EscapeShare).Value(point.Good).Value(point.Overkill).Value(point.OverkillShare)
                .Value(point.Reviews).Value(point.ReviewShare))),
            cancellationToken);
        await WriteAsync(folder, "pod", PodTables.Header, PodTables.Rows(result.Pod), cancellationToken);
        await WriteAsync(folder, "pod-curve", PodTables.CurveHeader, PodTables.Curves(result.Pod), cancellationToken);
        if (result.Agreement is { } agreement)
        {
            await WriteAsync(folder, "agreement", AgreementTables.Header, AgreementTables.Rows(agreement), cancellationToken);
            await WriteAsync(folder, "agreement-parts", AgreementTables.PartsHeader, AgreementTables.Parts(agreement), cancellationToken);
        }
    }

    private static CsvCells Point(CsvCells cells, OperatingPoint? point) => cells.Value(point?.Confidence).Value(point?.Precision).Value(point?.Recall).Value(point?.F);

    private static async Task WriteAsync(string folder, string table, string[] header, IEnumerable<Action<CsvCells>> rows, CancellationToken cancellationToken)
    {
        await using var stream = File.Create(Path.Combine(folder, $"evaluation-{table}.csv"));
        await using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default, true);
        foreach (var name in header)
        {
            csv.WriteField(name);
        }

        await csv.EndRecordAsync(cancellationToken);
        foreach (var row in rows)
        {
            row(new(csv));
            await csv.EndRecordAsync(cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }
}
