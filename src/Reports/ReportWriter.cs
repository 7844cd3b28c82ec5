using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Reports;

/// <summary>
/// Writes a report in one of its forms. Drawing is CPU-bound: never call it in a grain turn. Thread-safe.
/// </summary>
/// <param name="fonts">Loaded only when a PDF is written.</param>
/// <param name="decoders">Set the limits and the memory budget of decoding the pictures that a PDF can't embed as they are.</param>
public sealed class ReportWriter(Lazy<FontFaces> fonts, ImageDecoders decoders)
{
    /// <summary>Writes the whole document; the stream stays open and need not be seekable.</summary>
    /// <exception cref="ArgumentException">The document has no items.</exception>
    /// <exception cref="FileNotFoundException">A PDF is requested, and there is no font.</exception>
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
