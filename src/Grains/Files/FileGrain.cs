using Chitti.Domain;
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

    private readonly List<Task> _rendering = [];

    // What is stored, or, until there is something to store, what the catalog's row says: the row is what was accepted.
    // Rendering interleaves with writing, and must not see what the write may yet fail to keep.
    private FileState _file = new();
    private bool _processing;

    private Guid Id => this.GetPrimaryKey();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _file = state.State;
        return Task.CompletedTask;
    }

    public async Task<FileSnapshot?> GetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } registration ? Snapshot(registration) : null;

    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is null)
        {
            return false;
        }

        if (_file.Status != FileStatus.Queued)
        {
            await UpdateCatalogAsync(cancellationToken);
            return false;
        }

        await publisher.PublishAsync(this, new FileUploaded(Id));
        return true;
    }

    public async Task<FileSnapshot?> BeginAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } registration || _file.Status != FileStatus.Queued)
        {
            // Delivered again, perhaps because the catalog was down when the file ended.
            await UpdateCatalogAsync(cancellationToken);
            return null;
        }

        _processing = true;
        return Snapshot(registration);
    }

    public async Task CompleteAsync(Inspection inspection, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not null && _file.Status == FileStatus.Queued)
        {
            await WriteAsync(_file with
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
        if (await FindAsync(cancellationToken) is not null && _file.Status == FileStatus.Queued)
        {
            await WriteAsync(_file with { Status = FileStatus.Failed, Error = reason, CompletedAt = time.GetUtcNow() });
        }

        await UpdateCatalogAsync(cancellationToken);
    }

    public async Task<bool> RecordFailureAsync(string reason, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is null || _file.Status != FileStatus.Queued)
        {
            return true;
        }

        _processing = false;
        if (_file.Failures + 1 >= MaxFailures)
        {
            await FailAsync($"{MaxFailures} attempts failed, the last with: {reason}", cancellationToken);
            return true;
        }

        await WriteAsync(_file with { Failures = _file.Failures + 1 });
        return false;
    }

    public Task<RenditionReply> RenderAsync(Rendition rendition, CancellationToken cancellationToken)
    {
        var rendering = RenderOneAsync(rendition, cancellationToken);
        _rendering.RemoveAll(task => task.IsCompleted);
        _rendering.Add(rendering);
        return rendering;
    }

    public async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        // The bytes go last: a crash on the way leaves objects that no row owns, which recovery sweeps.
        if (await FindAsync(cancellationToken) is not { } registration)
        {
            return false;
        }

        await catalog.DeleteFileAsync(Id, cancellationToken);
        if (state.RecordExists)
        {
            await state.ClearStateAsync(CancellationToken.None);
        }

        _file = new();

        // Whoever is drawing has found the file, and would put a picture of it beside what is removed now.
        await Task.WhenAll(_rendering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        foreach (var key in FileKeys.All(registration.ObjectKey))
        {
            await objects.DeleteAsync(key, cancellationToken);
        }

        LogDeleted(logger, Id);
        DeactivateOnIdle();
        return true;
    }

    private async Task<RenditionReply> RenderOneAsync(Rendition rendition, CancellationToken cancellationToken)
    {
        if (await GetAsync(cancellationToken) is not { } file)
        {
            return RenditionReply.Refused(RenditionFault.Missing, "There is no such file.");
        }

        return (rendition, file) switch
        {
            (Rendition.Annotated, { Error: { } error }) => RenditionReply.Refused(RenditionFault.Impossible, $"The file could not be inspected: {error}"),
            (Rendition.Annotated, { Inspection: null }) => RenditionReply.Refused(RenditionFault.TooEarly, "The file has not been inspected yet."),
            _ => await renderer.RenderAsync(file, rendition, cancellationToken),
        };
    }

    /// <summary>What the file was registered with; null when there is none, or it was deleted.</summary>
    private async ValueTask<FileRegistration?> FindAsync(CancellationToken cancellationToken)
    {
        if (_file.Registration is null && await catalog.GetFileAsync(Id, cancellationToken) is { } row)
        {
            _file = new() { Registration = FileRows.ToRegistration(row) };
        }

        return _file.Registration;
    }

    private async Task UpdateCatalogAsync(CancellationToken cancellationToken)
    {
        _processing = false;
        switch (_file)
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
            _file = next;
        }
        catch
        {
            // What was stored is not known: the next call must read again.
            DeactivateOnIdle();
            throw;
        }
    }

    private FileSnapshot Snapshot(FileRegistration registration) => new()
    {
        Id = Id,
        Registration = registration,
        Status = _file.Status == FileStatus.Queued && _processing ? FileStatus.Processing : _file.Status,
        Error = _file.Error,
        CompletedAt = _file.CompletedAt,
        Inspection = _file.Inspection,
    };

    [LoggerMessage(LogLevel.Information, "File {FileId} was deleted")]
    private static partial void LogDeleted(ILogger logger, Guid fileId);
}
