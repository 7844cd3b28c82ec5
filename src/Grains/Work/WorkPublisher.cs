using System.Threading.Channels;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Chitti.Grains;

/// <summary>
/// Puts work on its stream and notes in the catalog that the stream has it. The notes are written a few at a time:
/// one that a crash loses means only that the work is delivered twice.
/// </summary>
internal sealed partial class WorkPublisher(
    IOptions<WorkOptions> options, ICatalog catalog, TimeProvider time, ILogger<WorkPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan _noteInterval = TimeSpan.FromMilliseconds(200);
    private readonly Channel<Guid> _confirmed = Channel.CreateUnbounded<Guid>(new() { SingleReader = true });

    public Task PublishAsync(IGrainBase publisher, FileUploaded uploaded)
    {
        // The last byte of a UUIDv7 is random, so that files spread evenly.
        var partition = uploaded.FileId.ToByteArray()[^1] % options.Value.Partitions;
        return PublishAsync(publisher, StreamId.Create(WorkStreams.FileProcessing, partition), uploaded.FileId, uploaded);
    }

    public Task PublishAsync(IGrainBase publisher, ReportRequested requested) =>
        PublishAsync(publisher, StreamId.Create(WorkStreams.ReportGeneration, requested.ReportId), requested.ReportId, requested);

    /// <summary>Publishes, or leaves the work to recovery when the stream is down: what was accepted is not refused any more.</summary>
    public async Task TryPublishAsync(IGrainBase publisher, ReportRequested requested)
    {
        try
        {
            await PublishAsync(publisher, requested);
        }
        catch (Exception exception)
        {
            LogPublishFailed(logger, exception, requested.ReportId);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ids = new List<Guid>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _confirmed.Reader.WaitToReadAsync(stoppingToken);
                await Task.Delay(_noteInterval, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

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

    private async Task PublishAsync<T>(IGrainBase publisher, StreamId stream, Guid id, T work)
    {
        await publisher.GrainContext.ActivationServices
            .GetRequiredKeyedService<IStreamProvider>(WorkStreams.Provider).GetStream<T>(stream).OnNextAsync(work);
        _confirmed.Writer.TryWrite(id);
    }

    [LoggerMessage(LogLevel.Warning, "Work {Id} could not be put on its stream; recovery will do it")]
    private static partial void LogPublishFailed(ILogger logger, Exception exception, Guid id);

    [LoggerMessage(LogLevel.Warning, "That the stream has {Count} pieces of work could not be noted; they may be delivered twice")]
    private static partial void LogNoteFailed(ILogger logger, Exception exception, int count);
}
