using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Reports;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains;

/// <summary>Renders thumbnails and annotated images outside of grain turns and stores them.</summary>
internal sealed class FileRenderer(
    IObjectStore objects, [FromKeyedServices(CpuQueue.Pictures)] CpuQueue cpu, Lazy<FontFaces> fonts, ImageDecoders decoders)
{
    public async Task<RenditionReply> RenderAsync(FileSnapshot file, Rendition rendition, CancellationToken cancellationToken)
    {
        var key = FileKeys.Of(file.Metadata.ObjectKey, rendition);
        if (await objects.GetInfoAsync(key, cancellationToken) is not null)
        {
            // The reader checks its bytes, and deletes it to have it rendered again.
            return RenditionReply.Of(key, RenditionTag.Of(file, rendition));
        }

        if (rendition == Rendition.Annotated && await cpu.RunAsync(fonts.FindFault, cancellationToken) is { } missing)
        {
            return RenditionReply.Refused(RenditionRefusal.Impossible, missing);
        }

        try
        {
            // Read within the slot: as many originals are held in memory as there are slots, however many calls wait.
            var rendered = await cpu.RunAsync(() => DrawAsync(file, rendition, cancellationToken), cancellationToken);
            return rendered is null
                ? RenditionReply.Refused(RenditionRefusal.Missing, "The bytes of the file no longer exist.")
                : await StoreAsync(rendered, key, RenditionTag.Of(file, rendition), cancellationToken);
        }
        catch (AlteredObjectException exception)
        {
            return RenditionReply.Refused(RenditionRefusal.Altered, exception.Detail);
        }
    }

    /// <returns>Null if there are no bytes.</returns>
    private async Task<ImageRendering?> DrawAsync(FileSnapshot file, Rendition rendition, CancellationToken cancellationToken)
    {
        using var original = await objects.ReadAllAsync(file.Metadata.ObjectKey, file.Metadata.Sha256, cancellationToken);
        return (original, rendition) switch
        {
            (null, _) => null,
            (_, Rendition.Thumbnail) => Thumbnail.RenderJpeg(original.Memory, decoders),
            _ => AnnotatedImage.RenderJpeg(original.Memory, Annotations.Of(file.Inspection!), fonts.Value, decoders),
        };
    }

    private async Task<RenditionReply> StoreAsync(ImageRendering rendered, string key, string tag, CancellationToken cancellationToken)
    {
        if (rendered.Fault is { Kind: ImageFaultKind.Interrupted } interrupted)
        {
            throw new OutageException(Outage.Detector, interrupted.Detail);
        }

        if (rendered.Jpeg is not { } jpeg)
        {
            return RenditionReply.Refused(RenditionRefusal.Impossible, rendered.Fault?.Detail);
        }

        await using var staged = await objects.StageAsync(cancellationToken: cancellationToken);
        await staged.Content.WriteSealedAsync(jpeg, tag, cancellationToken);
        await staged.CommitAsync(key, cancellationToken);
        return RenditionReply.Of(key, tag);
    }
}
