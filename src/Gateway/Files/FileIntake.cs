using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;

namespace Chitti.Gateway;

/// <summary>Makes a read upload accepted work: objects, then rows, then grains; all of its files or none.</summary>
internal sealed partial class FileIntake(
    IObjectStore objects, ICatalog catalog, IGrainFactory grains, TimeProvider time, ILogger<FileIntake> logger)
{
    /// <summary>When the task ends, the upload survives a power cut. When it throws, nothing of the upload is left.</summary>
    /// <param name="form">The upload.</param>
    /// <param name="profile">What its files are judged by.</param>
    /// <param name="claim">Scope and key of the idempotency key that the answer is kept under, or null.</param>
    /// <param name="cancellationToken">Heeded until the bytes are stored; from there on nothing is broken off.</param>
    internal async Task<UploadResponse> AcceptAsync(
        UploadForm form, ProfileReference profile, (string Scope, string Key)? claim, CancellationToken cancellationToken)
    {
        var rows = CreateRows(form, profile);
        var response = new UploadResponse([.. rows.Select(row =>
            new UploadedFile(row.Id, row.Name, row.Size, row.Sha256, FileStatus.Queued, FileLinks.Of(row.Id)))]);
        var answer = claim is var (scope, key)
            ? new IdempotentAnswer(scope, key, form.Fingerprint(), JsonSerializer.Serialize(response, ApiJson.Options))
            : null;

        await objects.CommitAsync([.. form.Files.Zip(rows, (file, row) => (file.Staged, row.ObjectKey))], cancellationToken);
        try
        {
            await catalog.AddFilesAsync(rows, answer, CancellationToken.None);
            await catalog.FlushAsync(CancellationToken.None);
        }
        catch
        {
            await Task.WhenAll(rows.Select(UndoAsync));
            throw;
        }

        // Accepted: what fails from here on is done by recovery, from the rows.
        await Task.WhenAll(rows.Select(StartAsync));
        LogAccepted(logger, rows.Length, profile.Id);
        return response;
    }

    private FileRow[] CreateRows(UploadForm form, ProfileReference profile)
    {
        // The catalog keeps whole milliseconds; the grain must say the same.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

        // Ids of one millisecond are in no order: sorted, the files are listed in the order of the parts.
        var ids = form.Files.Select(_ => Guid.CreateVersion7(now)).Order();
        return [.. form.Files.Zip(ids, (file, id) => new FileRow
        {
            Id = id,
            Name = file.Name,
            Size = file.Size,
            Sha256 = file.Sha256,
            MediaType = file.Header.MediaType,
            Width = file.Header.Width,
            Height = file.Header.Height,
            ObjectKey = FileObjectKey.Of(id),
            ProfileId = profile.Id,
            ProfileVersion = profile.Version,
            PartId = form.Field("part_id"),
            BatchId = form.Field("batch_id"),
            State = ApiJson.Word(FileStatus.Queued),
            CreatedAt = now,
        })];
    }

    private async Task StartAsync(FileRow row)
    {
        try
        {
            await grains.GetGrain<IFileGrain>(row.Id).ResumeAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogStartFailed(logger, row.Id, exception);
        }
    }

    private async Task UndoAsync(FileRow row)
    {
        try
        {
            await catalog.DeleteFileAsync(row.Id, CancellationToken.None);
            await objects.DeleteAsync(row.ObjectKey, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogUndoFailed(logger, row.Id, exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Accepted {Count} files under profile {ProfileId}")]
    private static partial void LogAccepted(ILogger logger, int count, string profileId);

    [LoggerMessage(LogLevel.Warning, "File {FileId} was accepted but could not be put to work; recovery will do it")]
    private static partial void LogStartFailed(ILogger logger, Guid fileId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "File {FileId} was refused, but not everything of it could be removed")]
    private static partial void LogUndoFailed(ILogger logger, Guid fileId, Exception exception);
}
