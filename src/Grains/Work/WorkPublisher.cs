using System.Threading.Channels;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace Chitti.Grains;

/// <summary>
/// Puts work on its stream and notes in the catalog that the stream has it. The notes are written a few at a time:
/// one that a crash loses means only that the work is delivered twice.
/// </summary>
internal sealed partial class WorkPublisher(
    WorkOptions options, ICatalog catalog, TimeProvider time, ILogger<WorkPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMilliseconds(200);
    private readonly Channel<Guid> _confirmed = Channel.CreateUnbounded<Guid>(new() { SingleReader = true });

    public async Task PublishAsync(IGrainBase publisher, FileUploaded uploaded)
    {
        // The last byte of a UUIDv7 is random, so that files spread evenly.
        var partition = uploaded.FileId.ToByteArray()[^1] % options.Partitions;
        await Stream<FileUploaded>(publisher, StreamId.Create(WorkStreams.FileProcessing, partition)).OnNextAsync(uploaded);
    }

    public async Task PublishAsync(IGrainBase publisher, ReportRequested requested) =>
        await Stream<ReportRequested>(publisher, StreamId.Create(WorkStreams.ReportGeneration, requested.ReportId)).OnNextAsync(requested);

    /// <summary>Publishes, or leaves the work to recovery when the stream is down: what was accepted is not refused any more.</summary>
    public async Task TryPublishAsync(IGrainBase publisher, FileUploaded uploaded)
    {
        try
        {
            await PublishAsync(publisher, uploaded);
            _confirmed.Writer.TryWrite(uploaded.FileId);
        }
        catch (Exception exception)
        {
            LogPublishFailed(logger, exception, uploaded.FileId);
        }
    }

    /// <inheritdoc cref="TryPublishAsync(IGrainBase, FileUploaded)" />
    public async Task TryPublishAsync(IGrainBase publisher, ReportRequested requested)
    {
        try
        {
            await PublishAsync(publisher, requested);
            _confirmed.Writer.TryWrite(requested.ReportId);
        }
        catch (Exception exception)
        {
            LogPublishFailed(logger, exception, requested.ReportId);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ids = new List<Guid>();
        while (await _confirmed.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(NoteInterval, time, stoppingToken);
            while (_confirmed.Reader.TryRead(out var id))
            {
                ids.Add(id);
            }

            try
            {
                await catalog.MarkPublishedAsync(ids, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNoteFailed(logger, exception, ids.Count);
            }

            ids.Clear();
        }
    }

    private static IAsyncStream<T> Stream<T>(IGrainBase publisher, StreamId id) =>
        publisher.GrainContext.ActivationServices.GetRequiredKeyedService<IStreamProvider>(WorkStreams.Provider).GetStream<T>(id);

    [LoggerMessage(LogLevel.Warning, "Work {Id} could not be put on its stream; recovery will do it")]
    private static partial void LogPublishFailed(ILogger logger, Exception exception, Guid id);

    [LoggerMessage(LogLevel.Warning, "That the stream has {Count} pieces of work could not be noted; they may be delivered twice")]
    private static partial void LogNoteFailed(ILogger logger, Exception exception, int count);
}
