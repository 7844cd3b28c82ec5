using System.Text.Json;
using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Evaluation;

/// <summary>Writes an evaluation into a folder: JSON, CSV, PDF, and pictures of the worst cases.</summary>
public sealed class EvaluationWriter(string folder, FontFaces fonts, ImageDecoders decoders)
{
    /// <summary>The figures.</summary>
    public const string JsonName = "evaluation.json";

    /// <summary>The report.</summary>
    public const string PdfName = "evaluation.pdf";

    private static readonly JsonSerializerOptions _indented = new(ApiJson.Options) { WriteIndented = true };

    private readonly WorstPictures _worst = new(folder, fonts, decoders);

    /// <summary>
    /// Creates the folder, so that one that can't be written is noticed before the pictures are inspected, and removes what a
    /// run before wrote, so that it is not taken for the result of this one.
    /// </summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Begin()
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "evaluation*").Where(file => Path.GetFileName(file) is JsonName or PdfName || Path.GetExtension(file) == ".csv"))
        {
            File.Delete(file);
        }

        _worst.RemoveEarlier();
    }

    /// <summary>Writes everything.</summary>
    /// <param name="result">The figures.</param>
    /// <param name="pictures">What they were made of.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The figures, with the paths of the pictures.</returns>
    public async Task<EvaluationResult> WriteAsync(EvaluationResult result, IReadOnlyList<EvaluatedPicture> pictures, CancellationToken cancellationToken)
    {
        var worst = await _worst.DrawAsync(result.Worst, pictures, result.Profile.Profile, cancellationToken);
        var complete = result with { Worst = [.. worst.Select(picture => picture.Case)] };
        await Task.WhenAll(
            Task.Run(() => WritePdfAsync(complete, worst, cancellationToken), cancellationToken),
            Task.Run(() => WriteFiguresAsync(complete, cancellationToken), cancellationToken));
        return complete;
    }

    private async Task WritePdfAsync(EvaluationResult result, IReadOnlyList<WorstPicture> worst, CancellationToken cancellationToken)
    {
        await using var pdf = File.Create(Path.Combine(folder, PdfName));
        await EvaluationPdf.WriteAsync(result, worst, fonts, pdf, cancellationToken);
    }

    private async Task WriteFiguresAsync(EvaluationResult result, CancellationToken cancellationToken)
    {
        await EvaluationTables.WriteAsync(result, folder, cancellationToken);
        await using var json = File.Create(Path.Combine(folder, JsonName));
        await JsonSerializer.SerializeAsync(json, result, _indented, cancellationToken);
    }
}
