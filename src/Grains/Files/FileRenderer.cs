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
            return RenditionReply.Of(key);
        }

        if (rendition == Rendition.Annotated && await cpu.RunAsync(fonts.FindFault, cancellationToken) is { } missing)
        {
            return RenditionReply.Refused(RenditionRefusal.Impossible, missing);
        }

        if (await objects.ReadAllAsync(file.Metadata.ObjectKey, cancellationToken) is not { } original)
        {
            return RenditionReply.Refused(RenditionRefusal.Missing, "The bytes of the file no longer exist.");
        }

        using (original)
        {
            var image = original.Memory;
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
            await staged.Content.WriteAsync(jpeg, cancellationToken);
            await staged.CommitAsync(key, cancellationToken);
            return RenditionReply.Of(key);
        }
    }
}
