using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Reports;

/// <summary>
/// Writes a report in one of its forms. Loading images is asynchronous, drawing is CPU-bound: never call it in a grain turn.
/// One writer serves any number of reports at once.
/// </summary>
/// <param name="fonts">Only a PDF needs them, and only then are they loaded.</param>
/// <param name="decoders">Limits and memory of decoding the pictures that a PDF can't hold as they are.</param>
public sealed class ReportWriter(Lazy<FontFaces> fonts, ImageDecoders decoders)
{
    /// <summary>Writes the whole document; the stream stays open and need not be seekable.</summary>
    /// <exception cref="ArgumentException">The document has no items.</exception>
    /// <exception cref="FileNotFoundException">A PDF is wanted, and there is no font.</exception>
    public Task WriteAsync(
        ReportDocument document, ReportFormat format, Stream output, CancellationToken cancellationToken = default)
    {
        if (document.Items.Count == 0)
        {
            throw new ArgumentException("A report needs at least one file.", nameof(document));
        }

        return format switch
        {
            ReportFormat.Pdf => new PdfReport(fonts.Value, decoders).WriteAsync(document, output, cancellationToken),
            ReportFormat.Json => JsonReport.WriteAsync(document, output, cancellationToken),
            ReportFormat.Csv => CsvReport.WriteAsync(document, output, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown report format."),
        };
    }
}
