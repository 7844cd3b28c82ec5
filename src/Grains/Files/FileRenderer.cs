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
            return RenditionReply.Of(key);
        }

        if (rendition == Rendition.Annotated && await cpu.RunAsync(fonts.FindFault, cancellationToken) is { } missing)
        {
            return RenditionReply.Refused(RenditionRefusal.Impossible, missing);
        }

        try
        {
            using var original = await objects.ReadAllAsync(file.Metadata.ObjectKey, file.Metadata.Sha256, cancellationToken);
            return original is null
                ? RenditionReply.Refused(RenditionRefusal.Missing, "The bytes of the file no longer exist.")
                : await DrawAsync(file, rendition, original.Memory, key, cancellationToken);
        }
        catch (AlteredObjectException)
        {
            return RenditionReply.Refused(RenditionRefusal.Altered, "The stored picture was altered: its bytes no longer have the SHA-256 recorded at upload.");
        }
    }

    private async Task<RenditionReply> DrawAsync(
        FileSnapshot file, Rendition rendition, ReadOnlyMemory<byte> image, string key, CancellationToken cancellationToken)
    {
        var rendered = await cpu.RunAsync(
            () => rendition == Rendition.Thumbnail
                ? Thumbnail.RenderJpeg(image, decoders)
                : AnnotatedImage.RenderJpeg(image, Annotations.Of(file.Inspection!), fonts.Value, decoders),
            cancellationToken);
        if (rendered.Fault is { Kind: ImageFaultKind.Interrupted } interrupted)
        {
            throw new OutageException(Outage.Detector, interrupted.Detail);
        }

        if (rendered.Jpeg is not { } jpeg)
        {
            return RenditionReply.Refused(RenditionRefusal.Impossible, rendered.Fault?.Detail);
        }

        await using var staged = await objects.StageAsync(cancellationToken: cancellationToken);
        await staged.Content.WriteSealedAsync(jpeg, RenditionTag.Of(file, rendition), cancellationToken);
        await staged.CommitAsync(key, cancellationToken);
        return RenditionReply.Of(key);
    }
}
