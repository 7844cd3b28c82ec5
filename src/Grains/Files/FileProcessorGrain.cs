using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Chitti.Grains;

/// <summary>
/// Inspects the files of one partition. Only an outage makes <see cref="OnNextAsync"/> throw: the stream then redelivers the
/// same file until the outage is over. A failed attempt is recorded in the ledger, and the file is published again; so is a
/// file that the machine was too busy to decode.
/// </summary>
/// <remarks>
/// A file waits for a detector as long as the images ahead take; its own decoding is limited by processor time, and by the
/// clock. If that is longer than the timeout of the stream's delivery, the file is delivered again meanwhile: this grain takes
/// the delivery after it is done with the file, and gets no second lease.
/// </remarks>
[GrainType("file-processor")]
[ImplicitStreamSubscription(WorkStreams.FileProcessing)]
internal sealed partial class FileProcessorGrain(
    IWorkLedger ledger,
    DetectorChoice detectors,
    IOptions<WorkOptions> options,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<FileProcessorGrain> logger)
    : Grain, IFileProcessorGrain, IStreamSubscriptionObserver, IAsyncObserver<FileUploaded>
{
    // An inspection that is nearly done is finished. Longer, and the silo would be stopped around the attempt.
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(5);

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<FileUploaded>().ResumeAsync(this);

    public async Task OnNextAsync(FileUploaded item, StreamSequenceToken? token = null)
    {
        var file = GrainFactory.GetGrain<IFileGrain>(item.FileId);
        if (await BeginAsync(file, item.FileId) is not { } lease)
        {
            return;
        }

        string failure;
        try
        {
            await InspectAsync(file, lease);
            return;
        }
        catch (Exception exception) when (OutageRule.IsOutage(exception))
        {
            LogOutage(logger, item.FileId, exception.Message);
            await file.RecordOutageAsync(lease.Holder, exception.Message);
            throw;
        }
        catch (Exception exception)
        {
            LogAttemptFailed(logger, exception, item.FileId);
            failure = $"{exception.GetType().Name}: {exception.Message}";
        }

        await RetryAsync(file, lease, failure);
    }

    /// <summary>The stream lost events but does not say which, so all waiting files of the partition are published again.</summary>
    public async Task OnErrorAsync(Exception ex)
    {
        var partition = (int)this.GetPrimaryKeyLong();
        LogStreamError(logger, ex, partition);
        await ledger.PutBackAsync(WorkKind.File, partition, options.Value.Partitions);
    }

    private async Task<FileLease?> BeginAsync(IFileGrain file, Guid id)
    {
        try
        {
            return await file.BeginAsync();
        }
        catch (Exception exception) when (!OutageRule.IsOutage(exception))
        {
            // Without a lease no attempt can be recorded. Redelivered, the file would fail again and block its partition.
            LogAttemptFailed(logger, exception, id);
            await file.FailAsync($"The file can't be processed: {exception.GetType().Name}: {exception.Message}");
            return null;
        }
    }

    private async Task InspectAsync(IFileGrain file, FileLease lease)
    {
        var (id, metadata) = (lease.File.Id, lease.File.Metadata);
        if (await GrainFactory.GetGrain<IProfileGrain>(metadata.Profile.Id).GetAsync(metadata.Profile.Version) is not { } profile)
        {
            await file.FailAsync($"Profile '{metadata.Profile.Id}' has no version {metadata.Profile.Version}.");
            return;
        }

        var order = new InspectionOrder { Sha256 = metadata.Sha256, Profile = profile, WaitWhenFull = true };
        var reply = await CallAsync(file, lease, order);
        switch (reply.Status)
        {
            case InspectionStatus.Inspected:
                var inspection = reply.Inspection!;
                await file.CompleteAsync(inspection with { Id = Guid.CreateVersion7(inspection.CreatedAt), FileId = id });
                break;
            case InspectionStatus.Busy or InspectionStatus.Unavailable:
                throw new OutageException(Outage.Detector, $"No detector can take the file: {reply.Detail}");
            case InspectionStatus.Interrupted:
                await PutBackAsync(file, lease, reply.Detail ?? "the machine is too busy to decode it");
                break;
            case InspectionStatus.Failed:
                await RetryAsync(file, lease, reply.Detail ?? "the engine failed");
                break;
            default:
                await file.FailAsync(reply.Detail ?? ApiJson.Word(reply.Status));
                break;
        }
    }

    private async Task<InspectionReply> CallAsync(IFileGrain file, FileLease lease, InspectionOrder order)
    {
        // If this ends before the call, the detector drops the image.
        using var ended = new CancellationTokenSource();
        using var stop = host.ApplicationStopping.Register(() => ended.CancelAfter(_timeToEnd));
        try
        {
            return await RenewingAsync(
                file,
                lease,
                detectors.CallAsync(order.ModelId, detector => detector.InspectStoredAsync(lease.File.Metadata.ObjectKey, order, ended.Token)),
                ended.Token);
        }
        catch (OperationCanceledException exception) when (ended.IsCancellationRequested)
        {
            throw new OutageException(Outage.Detector, "The silo stops.", exception);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private async Task<T> RenewingAsync<T>(IFileGrain file, FileLease lease, Task<T> work, CancellationToken cancellationToken)
    {
        var interval = lease.Duration / 3;
        while (true)
        {
            try
            {
                return await work.WaitAsync(interval, time, cancellationToken);
            }
            catch (TimeoutException) when (!work.IsCompleted)
            {
                // Goes on even if the lease was lost: the first inspection to complete counts.
                await file.RenewAsync(lease.Holder, cancellationToken);
            }
        }
    }

    private async Task RetryAsync(IFileGrain file, FileLease lease, string failure)
    {
        LogAttemptFailed(logger, lease.File.Id, failure);
        if (!await file.RecordFailureAsync(lease.Holder, failure))
        {
            await PublishAsync(lease);
        }
    }

    /// <summary>Lets the other images of the partition pass: the machine may be too busy for this one only.</summary>
    private async Task PutBackAsync(IFileGrain file, FileLease lease, string outage)
    {
        LogOutage(logger, lease.File.Id, outage);
        await file.RecordOutageAsync(lease.Holder, outage);
        await PublishAsync(lease);
    }

    private Task PublishAsync(FileLease lease) =>
        GrainFactory.GetGrain<IWorkOutboxGrain>(0).PublishFilesAsync(new Immutable<Guid[]>([lease.File.Id]));

    [LoggerMessage(LogLevel.Warning, "An attempt to inspect file {FileId} failed: {Detail}")]
    private static partial void LogAttemptFailed(ILogger logger, Guid fileId, string? detail);

    [LoggerMessage(LogLevel.Error, "An attempt to inspect file {FileId} failed")]
    private static partial void LogAttemptFailed(ILogger logger, Exception exception, Guid fileId);

    [LoggerMessage(LogLevel.Warning, "File {FileId} waits for an outage to end: {Detail}")]
    private static partial void LogOutage(ILogger logger, Guid fileId, string detail);

    [LoggerMessage(LogLevel.Error, "The stream of partition {Partition} lost events")]
    private static partial void LogStreamError(ILogger logger, Exception exception, int partition);
}
