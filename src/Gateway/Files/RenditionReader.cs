using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>Opens renditions. One that was altered or belongs to another inspection is rendered again.</summary>
internal sealed partial class RenditionReader(IGrainFactory grains, IObjectStore objects, ILogger<RenditionReader> logger)
{
    private const int Attempts = 3;

    /// <returns>The rendition with the reply that names it, or the reply that says why there is none. Neither if it keeps changing meanwhile.</returns>
    public async Task<(VerifiedStream? Rendered, RenditionReply? Reply)> OpenAsync(
        Guid file, Rendition rendition, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reply = await grains.GetGrain<IFileGrain>(file).RenderAsync(rendition, cancellationToken);
            if (reply is not { ObjectKey: { } key, Tag: { } tag })
            {
                return (null, reply);
            }

            if (await objects.OpenSealedAsync(key, tag, cancellationToken) is { } rendered)
            {
                if (await rendered.IsIntactAsync(cancellationToken))
                {
                    return (rendered, reply);
                }

                await rendered.DisposeAsync();
            }

            LogNotIntact(logger, key);
            await objects.DeleteAsync(key, cancellationToken);
        }

        return (null, null);
    }

    [LoggerMessage(LogLevel.Warning, "The rendition {ObjectKey} was altered or belongs to another inspection; it is rendered again")]
    private static partial void LogNotIntact(ILogger logger, string objectKey);
}
