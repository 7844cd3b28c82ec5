using System.Text.Json;
using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Evaluation;

/// <summary>Writes an evaluation into a folder.</summary>
public sealed class EvaluationWriter(string folder, FontFaces fonts, ImageDecoders decoders)
{
    /// <summary>The figures.</summary>
    public const string JsonName = "evaluation.json";

    /// <summary>The report.</summary>
    public const string PdfName = "evaluation.pdf";

    private static readonly JsonSerializerOptions _indented = new(ApiJson.Options) { WriteIndented = true };

    /// <summary>Creates the folder, so that one that can't be written is noticed before the pictures are inspected.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Begin() => Directory.CreateDirectory(folder);

    /// <summary>Writes everything.</summary>
    public async Task WriteAsync(EvaluationResult result, IReadOnlyList<EvaluatedPicture> pictures, CancellationToken cancellationToken)
    {
        _ = (fonts, decoders, pictures);
        await using var stream = File.Create(Path.Combine(folder, JsonName));
        await JsonSerializer.SerializeAsync(stream, result, _indented, cancellationToken);
    }
}
