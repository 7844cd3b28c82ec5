using Chitti.Imaging;
using Chitti.Reports;
using SkiaSharp;

namespace Chitti.Evaluation;

/// <summary>An evaluation as PDF/A.</summary>
internal static class EvaluationPdf
{
    public static async Task WriteAsync(EvaluationResult result, IReadOnlyList<WorstPicture> worst, FontFaces fonts, Stream output, CancellationToken cancellationToken)
    {
        using var typesetter = new Typesetter(fonts);
        PlotFonts.Use(fonts);
        var flow = EvaluationLayout.Compose(result, worst, typesetter);
        var frame = new EvaluationFrame(result, typesetter, flow.Pages.Count);

        using var buffer = new PageBuffer(output);
        using var pdf = SKDocument.CreatePdf(buffer, Metadata(result));
        using var page = new PageCanvas(typesetter, flow.Sections);
        foreach (var (index, blocks) in flow.Pages.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            page.BeginPage(pdf.BeginPage(Sheet.Width, Sheet.Height), new Dictionary<int, ReportPicture>());
            frame.Draw(page, index + 1);
            foreach (var (top, block) in blocks)
            {
                block.Draw(page, top);
            }

            pdf.EndPage();
            await buffer.DrainAsync(cancellationToken);
        }

        pdf.Close();
        await buffer.DrainAsync(cancellationToken);
    }

    private static SKDocumentPdfMetadata Metadata(EvaluationResult result) => new()
    {
        PdfA = true,
        Title = $"{EvaluationLayout.Title}: {result.Model.Name} {result.Model.Version}",
        Author = "Chitti",
        Subject = EvaluationLayout.Title,
        Creator = $"Chitti {result.SoftwareVersion}",
        Producer = $"Chitti {result.SoftwareVersion}",
        Creation = result.CreatedAt.UtcDateTime,
        Modified = result.CreatedAt.UtcDateTime,
        RasterDpi = 150,
        EncodingQuality = 101,
    };
}
