using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Chitti.Grains;

/// <summary>
/// Works through its partition of uploaded files. An exception out of <see cref="OnNextAsync"/> is an outage: the stream
/// delivers the same file again, after a pause, until it is over. What is wrong with an image is not an exception.
/// </summary>
[GrainType("file-processor")]
[ImplicitStreamSubscription(WorkStreams.FileProcessing)]
internal sealed partial class FileProcessorGrain(
    ICatalog catalog, ILogger<FileProcessorGrain> logger)
    : Grain, IFileProcessorGrain, IStreamSubscriptionObserver, IAsyncObserver<FileUploaded>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<FileUploaded>().ResumeAsync(this);

    public async Task OnNextAsync(FileUploaded item, StreamSequenceToken? token = null)
    {
        var file = GrainFactory.GetGrain<IFileGrain>(item.FileId);
        if (await file.BeginAsync() is not { } snapshot)
        {
            return;
        }

        var (id, version) = (snapshot.Registration.Profile.Id, snapshot.Registration.Profile.Version);
        if (await GrainFactory.GetGrain<IProfileGrain>(id).GetAsync(version) is not { } profile)
        {
            await file.FailAsync($"Profile '{id}' has no version {version}.");
            return;
        }

        var reply = await GrainFactory.GetGrain<IDetectorGrain>(DetectorKeys.Standalone).InspectStoredAsync(
            snapshot.Registration.ObjectKey, new() { Sha256 = snapshot.Registration.Sha256, Profile = profile, WaitWhenFull = true });
        switch (reply.Status)
        {
            case InspectionStatus.Inspected:
                var inspection = reply.Inspection!;
                await file.CompleteAsync(inspection with { Id = Guid.CreateVersion7(inspection.CreatedAt), FileId = item.FileId });
                break;
            case InspectionStatus.Busy or InspectionStatus.Unavailable:
                throw new InvalidOperationException($"Detector {DetectorKeys.Standalone} can't take a file: {reply.Detail}");
            case InspectionStatus.Failed:
                LogAttemptFailed(logger, item.FileId, reply.Detail);
                if (!await file.RecordFailureAsync(reply.Detail ?? "the engine failed"))
                {
                    throw new InspectionFailedException(item.FileId, reply.Detail);
                }

                break;
            default:
                await file.FailAsync(reply.Detail ?? ApiJson.Word(reply.Status));
                break;
        }
    }

    /// <summary>The stream has lost events unread. Which ones it can't say, so recovery publishes all that waits; what comes twice is harmless.</summary>
    public async Task OnErrorAsync(Exception ex)
    {
        LogStreamError(logger, ex, this.GetPrimaryKeyLong());
        await catalog.MarkAllUnpublishedAsync();
    }

    [LoggerMessage(LogLevel.Warning, "An attempt to inspect file {FileId} failed: {Detail}")]
    private static partial void LogAttemptFailed(ILogger logger, Guid fileId, string? detail);

    [LoggerMessage(LogLevel.Error, "The stream of partition {Partition} reports an error")]
    private static partial void LogStreamError(ILogger logger, Exception exception, long partition);
}
