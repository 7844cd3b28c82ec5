using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.Extensions.Logging;

namespace Chitti.Grains;

// A stream of uploads makes an activation a file; few are asked for again after their verdict.
[GrainType("file")]
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class FileGrain(
    [PersistentState("file", StateStorage.Name)] IPersistentState<FileState> state,
    ICatalog catalog,
    IObjectStore objects,
    FileRenderer renderer,
    WorkPublisher publisher,
    TimeProvider time,
    ILogger<FileGrain> logger) : Grain, IFileGrain
{
    private const int MaxFailures = 3;
    private bool _processing;

    private Guid Id => this.GetPrimaryKey();

    public async Task<FileSnapshot> RegisterAsync(FileRegistration registration, CancellationToken cancellationToken)
    {
        if (state.State.Registration is null)
        {
            await WriteAsync(new FileState { Registration = registration });
        }

        if (state.State.Status == FileStatus.Queued)
        {
            await publisher.TryPublishAsync(this, new FileUploaded(Id));
        }

        return Snapshot()!;
    }

    public async Task<FileSnapshot?> GetAsync(CancellationToken cancellationToken) =>
        // A file is accepted with its row, a moment before it is registered here, or long before if the process died between.
        Snapshot() ?? (await catalog.GetFileAsync(Id, cancellationToken) is { } row ? Snapshot(FileRows.ToRegistration(row)) : null);

    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        if (state.State.Registration is null)
        {
            // The process died between the catalog's row and this state.
            if (await catalog.GetFileAsync(Id, cancellationToken) is not { } row)
            {
                return false;
            }

            await WriteAsync(new FileState { Registration = FileRows.ToRegistration(row) });
        }

        if (state.State.Status != FileStatus.Queued)
        {
            await UpdateCatalogAsync(cancellationToken);
            return false;
        }

        await publisher.PublishAsync(this, new FileUploaded(Id));
        return true;
    }

    public async Task<FileSnapshot?> BeginAsync(CancellationToken cancellationToken)
    {
        if (state.State is not { Registration: not null, Status: FileStatus.Queued })
        {
            // Delivered again, perhaps because the catalog was down when the file ended.
            await UpdateCatalogAsync(cancellationToken);
            return null;
        }

        _processing = true;
        return Snapshot();
    }

    public async Task CompleteAsync(Inspection inspection, CancellationToken cancellationToken)
    {
        if (state.State is { Registration: not null, Status: FileStatus.Queued })
        {
            await WriteAsync(state.State with
            {
                Status = FileStatus.Completed,
                Inspection = inspection,
                CompletedAt = inspection.CreatedAt,
            });
            InspectionMetrics.Count(inspection);
        }

        await UpdateCatalogAsync(cancellationToken);
    }

    public async Task FailAsync(string reason, CancellationToken cancellationToken)
    {
        if (state.State is { Registration: not null, Status: FileStatus.Queued })
        {
            await WriteAsync(state.State with { Status = FileStatus.Failed, Error = reason, CompletedAt = time.GetUtcNow() });
        }

        await UpdateCatalogAsync(cancellationToken);
    }

    public async Task<bool> RecordFailureAsync(string reason, CancellationToken cancellationToken)
    {
        if (state.State is not { Registration: not null, Status: FileStatus.Queued } current)
        {
            return true;
        }

        _processing = false;
        if (current.Failures + 1 >= MaxFailures)
        {
            await FailAsync($"{MaxFailures} attempts failed, the last with: {reason}", cancellationToken);
            return true;
        }

        await WriteAsync(current with { Failures = current.Failures + 1 });
        return false;
    }

    public async Task<RenditionReply> RenderAsync(Rendition rendition, CancellationToken cancellationToken)
    {
        if (await GetAsync(cancellationToken) is not { } file)
        {
            return new(null, "There is no such file.");
        }

        return rendition == Rendition.Annotated && file.Inspection is null
            ? new(null, file.Error is null ? "The file has not been inspected yet." : $"The file could not be inspected: {file.Error}")
            : await renderer.RenderAsync(file, rendition, cancellationToken);
    }

    public async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        // The bytes go last: a crash on the way leaves objects that no row owns, which recovery sweeps.
        var registration = state.State.Registration
            ?? (await catalog.GetFileAsync(Id, cancellationToken) is { } row ? FileRows.ToRegistration(row) : null);
        if (registration is null)
        {
            return false;
        }

        await catalog.DeleteFileAsync(Id, cancellationToken);
        if (state.RecordExists)
        {
            await state.ClearStateAsync(CancellationToken.None);
        }

        foreach (var key in FileKeys.All(registration.ObjectKey))
        {
            await objects.DeleteAsync(key, cancellationToken);
        }

        LogDeleted(logger, Id);
        DeactivateOnIdle();
        return true;
    }

    private async Task UpdateCatalogAsync(CancellationToken cancellationToken)
    {
        _processing = false;
        switch (state.State)
        {
            case { Status: FileStatus.Completed, Inspection: { } inspection, CompletedAt: { } completedAt }:
                await catalog.CompleteFileAsync(FileRows.ToRow(inspection), completedAt, cancellationToken);
                break;
            case { Status: FileStatus.Failed, Error: { } error, CompletedAt: { } failedAt }:
                await catalog.FailFileAsync(Id, error, failedAt, cancellationToken);
                break;
        }
    }

    private async Task WriteAsync(FileState next)
    {
        state.State = next;
        try
        {
            await state.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            // What is in memory is not what is stored: the next call must read again.
            DeactivateOnIdle();
            throw;
        }
    }

    private FileSnapshot? Snapshot() => state.State.Registration is { } registration ? Snapshot(registration) : null;

    private FileSnapshot Snapshot(FileRegistration registration) => new()
    {
        Id = Id,
        Registration = registration,
        Status = state.State.Status == FileStatus.Queued && _processing ? FileStatus.Processing : state.State.Status,
        Error = state.State.Error,
        CompletedAt = state.State.CompletedAt,
        Inspection = state.State.Inspection,
    };

    [LoggerMessage(LogLevel.Information, "File {FileId} was deleted")]
    private static partial void LogDeleted(ILogger logger, Guid fileId);
}
