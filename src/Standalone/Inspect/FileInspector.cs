using Chitti.Detection;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>Inspects one file and writes its annotated image.</summary>
internal sealed class FileInspector(
    Inspector inspector,
    Func<string, (ProfileVersion? Profile, string? Fault)> profileFor,
    DetectionOverrides? overrides,
    ImageDecoders decoders,
    long maxFileBytes,
    Lazy<FontFaces> fonts)
{
    /// <param name="file">The input.</param>
    /// <param name="annotatedPath">Path for its annotated image. Not written if the file can't be inspected, or can't be drawn at full size.</param>
    /// <param name="cancellationToken">Cancels before the next step.</param>
    public async Task<InspectedFile> InspectAsync(string file, string annotatedPath, CancellationToken cancellationToken)
    {
        var (bytes, read) = await PictureReading.ReadAsync(file, maxFileBytes, decoders, cancellationToken);
        if (read.Error is not null)
        {
            return read;
        }

        var (profile, fault) = profileFor(file);
        if (profile is null)
        {
            return read with { Error = fault };
        }

        var order = new InspectionOrder { Sha256 = read.Sha256, Profile = profile, Overrides = overrides, WaitWhenFull = true };
        var reply = await inspector.InspectAsync(bytes, order, cancellationToken);
        if (reply.Inspection is not { } inspection)
        {
            return read with { Error = reply.Detail };
        }

        var annotated = AnnotatedImage.RenderJpeg(bytes, Annotations.Of(inspection), fonts.Value, decoders);
        var inspected = read with { Inspection = inspection, Profile = profile.Profile };
        if (annotated.Jpeg is not { } jpeg)
        {
            // Detection may have decoded at a reduced scale, so its verdict is valid without the picture.
            return inspected with { PictureFault = annotated.Fault!.Detail };
        }

        await File.WriteAllBytesAsync(annotatedPath, jpeg, cancellationToken);
        return inspected;
    }
}
