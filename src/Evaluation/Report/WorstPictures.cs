using System.Globalization;
using System.Text.RegularExpressions;
using Chitti.Domain;
using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Evaluation;

/// <summary>Draws true and found boxes over the pictures of the worst cases, and writes them into a folder.</summary>
internal sealed partial class WorstPictures(string folder, FontFaces fonts, ImageDecoders decoders)
{
    /// <summary>The folder of the pictures, below the output folder.</summary>
    public const string FolderName = "worst";

    private const int JpegQuality = 85;
    private const int MaxWhole = 700;
    private const int DetailSide = 400;
    private const double LabelledOnce = 0.4;

    /// <summary>Removes the pictures of a run before, so that none is taken for one of this run.</summary>
    public void RemoveEarlier()
    {
        var path = Path.Combine(folder, FolderName);
        foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(file => OfARun().IsMatch(Path.GetFileName(file))) : [])
        {
            File.Delete(file);
        }
    }

    /// <returns>The cases with the paths of their pictures, and small pictures for the report: the whole, and the place.</returns>
    public async Task<IReadOnlyList<WorstPicture>> DrawAsync(
        IReadOnlyList<WorstCase> cases, IReadOnlyList<EvaluatedPicture> pictures, ComponentProfile profile, CancellationToken cancellationToken)
    {
        var byFile = pictures.ToDictionary(picture => picture.Truth.File, StringComparer.Ordinal);
        var drawn = new WorstPicture[cases.Count];
        Directory.CreateDirectory(Path.Combine(folder, FolderName));
        await Parallel.ForEachAsync(cases.Index(), cancellationToken, async (one, _) =>
            drawn[one.Index] = await DrawAsync(one.Index + 1, one.Item, byFile[one.Item.File], profile, cancellationToken));
        return drawn;
    }

    private async Task<WorstPicture> DrawAsync(int number, WorstCase one, EvaluatedPicture picture, ComponentProfile profile, CancellationToken cancellationToken)
    {
        var encoded = await ReadAsync(one.File, cancellationToken);
        if (encoded is null || AnnotatedImage.RenderJpeg(encoded, AnnotationsOf(picture, profile), fonts, decoders).Jpeg is not { } jpeg)
        {
            return new(one, null, null);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{number:00}-{ApiJson.Word(one.Kind)}-{Path.GetFileNameWithoutExtension(one.File)}.jpg");
        await File.WriteAllBytesAsync(Path.Combine(folder, FolderName, name), jpeg, cancellationToken);
        return Shrink(one with { Picture = $"{FolderName}/{name}" }, jpeg);
    }

    /// <summary>True boxes are green, found ones red if the profile rejects from their confidence on, orange for review, grey below.</summary>
    private static List<Annotation> AnnotationsOf(EvaluatedPicture picture, ComponentProfile profile)
    {
        var judged = picture.Observation!.Judge(profile);
        return
        [
            .. picture.Truth.Boxes.Select(truth => new Annotation(truth.Box.X, truth.Box.Y, truth.Box.Width, truth.Box.Height, LabelOf(truth), AnnotationColour.Green)),
            .. judged.Indications.Reverse().Select(found => new Annotation(
                found.Box.X, found.Box.Y, found.Box.Width, found.Box.Height, string.Create(CultureInfo.InvariantCulture, $"{found.Class} {found.Confidence:0.00}"),
                found.Disposition switch { Disposition.Rejected => AnnotationColour.Red, Disposition.Review => AnnotationColour.Orange, _ => AnnotationColour.Grey })),
        ];

        // The label of a right finding would cover that of its defect.
        string LabelOf(TruthBox truth) => judged.Indications.Any(found => found.Class == truth.Class && BoxMatching.Overlap(found.Box, truth) >= LabelledOnce)
            ? ""
            : $"true: {truth.Class}{(truth.Role == TruthRole.Counted ? "" : $" ({ApiJson.Word(truth.Role)})")}";
    }

    private WorstPicture Shrink(WorstCase one, byte[] jpeg)
    {
        (byte[]? whole, byte[]? detail) = (null, null);
        _ = UprightBitmap.Use(jpeg, decoders, bitmap =>
        {
            var scale = Math.Min(1, (float)MaxWhole / Math.Max(bitmap.Width, bitmap.Height));
            whole = Draw(bitmap, SKRect.Create(bitmap.Width, bitmap.Height), Math.Max(1, (int)(bitmap.Width * scale)), Math.Max(1, (int)(bitmap.Height * scale)));
            if (one.Box is { } box)
            {
                var side = Math.Min(Math.Max(3 * Math.Max(box.Width, box.Height), 64), Math.Min(bitmap.Width, bitmap.Height));
                detail = Draw(bitmap, SKRect.Create(Inside(box.X + (box.Width / 2), bitmap.Width), Inside(box.Y + (box.Height / 2), bitmap.Height), side, side), DetailSide, DetailSide);

                float Inside(float centre, float length) => Math.Clamp(centre - (side / 2), 0, length - side);
            }
        });
        return new(one, whole, detail);
    }

    private static byte[] Draw(SKBitmap bitmap, SKRect from, int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        using var image = SKImage.FromBitmap(bitmap);
        surface.Canvas.DrawImage(image, from, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), null);
        using var small = surface.Snapshot();
        using var data = small.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return data.ToArray();
    }

    private static async Task<byte[]?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Removed since it was inspected: the case is listed without a picture.
            return null;
        }
    }

    [GeneratedRegex(@"^\d\d-(escape|overkill|missed|stray|confused)-.*\.jpg$")]
    private static partial Regex OfARun();
}
