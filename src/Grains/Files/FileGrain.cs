using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chitti.Grains;

// Every upload activates a grain, and few are called again after the verdict.
[GrainType("file")]
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class FileGrain(
    IFileStore files,
    IWorkLedger ledger,
    IObjectStore objects,
    FileRenderer renderer,
    PublicationRecorder publications,
    IOptions<WorkOptions> options,
    TimeProvider time,
    ILogger<FileGrain> logger) : Grain, IFileGrain
{
    private readonly List<Task> _rendering = [];

    // The row as last read or written; null when it must be read again.
    private FileSnapshot? _file;

    // Number of writes. A read that started before a write must not overwrite its result.
    private int _writes;

    private string? _holder;

    // Results that could not be stored because of an outage. The next delivery stores them first.
    private Inspection? _unstored;
    private (string Holder, string Reason)? _unrecorded;

    private Guid Id => this.GetPrimaryKey();

    private WorkOptions Work => options.Value;

    public async Task<FileSnapshot?> GetAsync(CancellationToken cancellationToken)
    {
        var file = await FindAsync(cancellationToken);
        return file is { Status: FileStatus.Queued } && _holder is not null ? file with { Status = FileStatus.Processing } : file;
    }

    public async Task<FileLease?> BeginAsync(CancellationToken cancellationToken)
    {
        await StorePendingAsync();
        var holder = Guid.NewGuid().ToString("N");
        var begun = await files.BeginAsync(Id, holder, Work.LeaseDuration, cancellationToken);
        publications.Forget(Id);
        if (begun.Outcome != BeginOutcome.Leased)
        {
            LogNotBegun(logger, Id, begun.Outcome);
            return null;
        }

        Wrote(begun.Item);
        if (begun.Attempt > Work.MaxAttempts)
        {
            await FailAsync(
                $"{Work.MaxAttempts} attempts ended without a result, the last with: {begun.LastError ?? "the process ended during the attempt"}",
                CancellationToken.None);
            return null;
        }

        _holder = holder;
        return new(begun.Item!, holder, Work.LeaseDuration);
    }

    public Task<bool> RenewAsync(string holder, CancellationToken cancellationToken) =>
        ledger.RenewAsync(Id, holder, Work.LeaseDuration, cancellationToken);

    public async Task CompleteAsync(Inspection inspection, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is null)
        {
            // Deleted in the meantime. The inspection was never visible, so it is dropped.
            return;
        }

        var completed = await StoreAsync(inspection);
        Wrote(completed && _file is { } file
            ? file with
            {
                Status = FileStatus.Completed,
                CompletedAt = inspection.CreatedAt,
                InspectionId = inspection.Id,
                Verdict = inspection.Verdict,
                Inspection = inspection,
            }
            : null);
        if (completed)
        {
            InspectionMetrics.Count(inspection);
        }
    }

    public Task FailAsync(string reason, CancellationToken cancellationToken) => FailAsync(reason, deadLetter: false);

    public Task FailAsDeadLetterAsync(string reason, CancellationToken cancellationToken) => FailAsync(reason, deadLetter: true);

    public async Task<bool> RecordFailureAsync(string holder, string reason, CancellationToken cancellationToken)
    {
        if (await ledger.GetAsync(Id, cancellationToken) is { } entry && entry.LeaseHolder == holder && entry.Attempts >= Work.MaxAttempts)
        {
            await FailAsync($"{Work.MaxAttempts} attempts failed, the last with: {reason}", deadLetter: false);
            return true;
        }

        var recorded = await ledger.RecordFailureAsync(Id, holder, reason, CancellationToken.None);
        Wrote(_file);
        return !recorded;
    }

    public async Task RecordOutageAsync(string holder, string reason, CancellationToken cancellationToken)
    {
        _unrecorded = (holder, reason);
        var note = await ledger.RecordOutageAsync(Id, holder, reason, Work.StuckAfter, retryAfter: null, CancellationToken.None);
        _unrecorded = null;
        Wrote(_file);
        if (note is { BecameStuck: true })
        {
            LogStuck(logger, Id, note.Since, reason);
        }
    }

    public Task<RenditionReply> RenderAsync(Rendition rendition, CancellationToken cancellationToken)
    {
        var rendering = RenderOneAsync(rendition, cancellationToken);
        _rendering.RemoveAll(task => task.IsCompleted);
        _rendering.Add(rendering);
        return rendering;
    }

    public async Task<bool> DeleteAsync(string by, CancellationToken cancellationToken)
    {
        // Objects are deleted last: the deletion is recorded with the row, so recovery deletes what a crash leaves.
        if (await FindAsync(cancellationToken) is not { } file)
        {
            return false;
        }

        try
        {
            await files.DeleteAsync(Id, by, CancellationToken.None);
        }
        finally
        {
            // After a failure the row may be gone, so it is read again.
            Wrote(null);
        }

        // A rendition in progress would otherwise be stored after the objects were deleted.
        await Task.WhenAll(_rendering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        foreach (var key in FileKeys.All(file.Metadata.ObjectKey))
        {
            await objects.DeleteAsync(key, cancellationToken);
        }

        LogDeleted(logger, Id);
        DeactivateOnIdle();
        return true;
    }

    private async Task<bool> StoreAsync(Inspection inspection)
    {
        try
        {
            _unstored = null;
            return await files.CompleteAsync(inspection, CancellationToken.None);
        }
        catch (Exception exception) when (OutageRule.IsOutage(exception))
        {
            // Kept, so that the image is not inspected twice.
            _unstored = inspection;
            throw;
        }
    }

    /// <summary>Stores the results of an attempt that an outage interrupted.</summary>
    private async Task StorePendingAsync()
    {
        if (_unstored is { } inspection)
        {
            await CompleteAsync(inspection, CancellationToken.None);
        }

        if (_unrecorded is var (holder, reason))
        {
            await RecordOutageAsync(holder, reason, CancellationToken.None);
        }
    }

    private async Task FailAsync(string reason, bool deadLetter)
    {
        var now = time.GetUtcNow();
        var failed = await files.FailAsync(Id, reason, now, deadLetter, CancellationToken.None);
        Wrote(failed && _file is { } file ? file with { Status = FileStatus.Failed, Error = reason, CompletedAt = now } : null);
        if (failed)
        {
            LogFailed(logger, Id, reason);
        }
    }

    private async Task<RenditionReply> RenderOneAsync(Rendition rendition, CancellationToken cancellationToken)
    {
        if (await GetAsync(cancellationToken) is not { } file)
        {
            return RenditionReply.Refused(RenditionRefusal.Missing, "There is no such file.");
        }

        return (rendition, file) switch
        {
            (Rendition.Annotated, { Error: { } error }) => RenditionReply.Refused(RenditionRefusal.Impossible, $"The file could not be inspected: {error}"),
            (Rendition.Annotated, { Inspection: null }) => RenditionReply.Refused(RenditionRefusal.TooEarly, "The file has not been inspected yet."),
            _ => await renderer.RenderAsync(file, rendition, cancellationToken),
        };
    }

    private async ValueTask<FileSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            var before = _writes;
            var read = await files.GetAsync(Id, cancellationToken);
            if (before != _writes)
            {
                // Written during this read, so the result may be older.
                return _file ?? await files.GetAsync(Id, cancellationToken);
            }

            _file = read;
        }

        return _file;
    }

    private void Wrote(FileSnapshot? file)
    {
        _writes++;
        _file = file;
        _holder = null;
    }
}
