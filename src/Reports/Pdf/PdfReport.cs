using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>A report as PDF/A: laid out completely, then drawn page by page, each image loaded when it is needed.</summary>
internal sealed class PdfReport(FontFaces fonts, ImageDecoders decoders)
{
    public async Task WriteAsync(ReportDocument document, Stream output, CancellationToken cancellationToken)
    {
        using var typesetter = new Typesetter(fonts);
        var sources = new PictureSources(document.Items);
        var flow = ReportLayout.Compose(document, sources, typesetter);
        var frame = new PageFrame(document, typesetter, flow.Pages.Count);

        using var buffer = new PageBuffer(output);
        using var pdf = SKDocument.CreatePdf(buffer, Metadata(document));
        using var page = new PageCanvas(typesetter, flow.Sections);
        using var pictures = new PictureLoader(sources, document.Items.Count, flow.Pages, decoders);
        for (var number = 0; number < flow.Pages.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var blocks = flow.Pages[number];
            await pictures.LoadAsync(blocks.SelectMany(placed => placed.Block.Pictures), cancellationToken);
            page.BeginPage(pdf.BeginPage(Sheet.Width, Sheet.Height), pictures.Pictures);
            frame.Draw(page, number + 1);
            foreach (var (top, block) in blocks)
            {
                block.Draw(page, top);
            }

            pdf.EndPage();
            pictures.Release(number);
            await buffer.DrainAsync(cancellationToken);
        }
        pdf.Close();
        await buffer.DrainAsync(cancellationToken);
    }

    private static SKDocumentPdfMetadata Metadata(ReportDocument document) => new()
    {
        PdfA = true,
        Title = $"{ReportLayout.TitleOf(document)} {document.Id}",
        Author = document.Details.SiteName ?? "Chitti",
        Subject = "Visual inspection report",
        Creator = $"Chitti {document.SoftwareVersion}",
        Producer = $"Chitti {document.SoftwareVersion}",
        Creation = document.IssuedAt.UtcDateTime,
        Modified = document.IssuedAt.UtcDateTime,
        RasterDpi = 150,
        EncodingQuality = 101,
    };
}
