using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Chitti.Grains;

/// <summary>Publishes work to its stream.</summary>
internal sealed partial class WorkPublisher(IServiceProvider services, IOptions<WorkOptions> options, ILogger<WorkPublisher> logger)
{
    /// <summary>The partition of an id. The last byte of a UUIDv7 is random, so work is spread evenly.</summary>
    public static int PartitionOf(Guid id, int partitions) => id.ToByteArray()[^1] % partitions;

    /// <summary>Publishes one work item.</summary>
    /// <returns>True when the broker has confirmed the message. Otherwise the failure is logged here.</returns>
    public async Task<bool> TryPublishAsync(WorkKind kind, Guid id)
    {
        try
        {
            // Resolved at each call, because the provider exists only once the silo runs.
            var provider = services.GetRequiredKeyedService<IStreamProvider>(WorkStreams.Provider);
            await (kind == WorkKind.File
                ? provider.GetStream<FileUploaded>(StreamId.Create(WorkStreams.FileProcessing, PartitionOf(id, options.Value.Partitions))).OnNextAsync(new(id))
                : provider.GetStream<ReportRequested>(StreamId.Create(WorkStreams.ReportGeneration, id)).OnNextAsync(new(id)));
            return true;
        }
        catch (Exception exception)
        {
            LogNotPublished(logger, exception, kind, id);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Kind} {Id} could not be published; recovery will try again")]
    private static partial void LogNotPublished(ILogger logger, Exception exception, WorkKind kind, Guid id);
}
