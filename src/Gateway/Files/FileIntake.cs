using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Orleans.Concurrency;

namespace Chitti.Gateway;

/// <summary>Accepts all files of an upload or none: commits the objects, then the rows in one transaction.</summary>
internal sealed partial class FileIntake(
    IObjectStore objects, IFileStore files, IGrainFactory grains, TimeProvider time, ILogger<FileIntake> logger)
{
    /// <summary>When the task completes, the upload survives a power cut. When it throws, no file of the upload is accepted.</summary>
    /// <param name="form">The upload.</param>
    /// <param name="profile">The profile that its files are judged by.</param>
    /// <param name="claim">The claim on the idempotency key under which the answer is stored, or null.</param>
    /// <param name="cancellationToken">Has no effect once the objects are being committed.</param>
    /// <returns>Null when another call took the claim; then no file is accepted.</returns>
    internal async Task<UploadResponse?> AcceptAsync(
        UploadForm form, ProfileReference profile, IdempotencyLease? claim, CancellationToken cancellationToken)
    {
        var accepted = Describe(form, profile);
        var response = new UploadResponse([.. accepted.Select(file => new UploadedFile(
            file.Id, file.Metadata.Name, file.Metadata.Size, file.Metadata.Sha256, FileStatus.Queued, FileLinks.Of(file.Id)))]);
        var answer = claim is null
            ? null
            : new IdempotentAnswer(claim.Scope, claim.Key, claim.Owner, form.Fingerprint(), JsonSerializer.Serialize(response, ApiJson.Options));

        await CommitAsync(form, accepted, cancellationToken);
        if (!await StoreAsync(accepted, answer))
        {
            await RemoveAsync(accepted);
            return null;
        }

        await PublishAsync(accepted);
        LogAccepted(logger, accepted.Length, profile.Id);
        return response;
    }

    private (Guid Id, FileMetadata Metadata)[] Describe(UploadForm form, ProfileReference profile)
    {
        // Whole milliseconds, like the times in the database.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

        // Ids made within one millisecond are not ordered. Sorted, they list the files in the order of the parts.
        var ids = form.Files.Select(_ => Guid.CreateVersion7(now)).Order();
        return [.. form.Files.Zip(ids, (file, id) => (id, new FileMetadata
        {
            Name = file.Name,
            Size = file.Size,
            Sha256 = file.Sha256,
            MediaType = file.Header.MediaType,
            Width = file.Header.Width,
            Height = file.Header.Height,
            ObjectKey = FileObjects.OriginalOf(id),
            Profile = profile,
            PartId = form.Field("part_id"),
            BatchId = form.Field("batch_id"),
            CreatedAt = now,
        }))];
    }

    /// <summary>Commits the bytes of each file and, next to them, the metadata for its row, from which a lost row can be restored.</summary>
    private async Task CommitAsync(UploadForm form, (Guid Id, FileMetadata Metadata)[] accepted, CancellationToken cancellationToken)
    {
        var all = new List<(IStagedObject Staged, string Key)>(2 * accepted.Length);
        try
        {
            foreach (var (_, metadata) in accepted)
            {
                all.Add((await objects.StageMetadataAsync(metadata, cancellationToken), FileObjects.MetadataOf(metadata.ObjectKey)));
            }

            all.AddRange(form.Files.Zip(accepted, (file, row) => (file.Staged, row.Metadata.ObjectKey)));
            await objects.CommitAsync(all, cancellationToken);
        }
        finally
        {
            // The form disposes of the staged bytes.
            foreach (var (staged, _) in all.Take(accepted.Length))
            {
                await staged.DisposeAsync();
            }
        }
    }

    /// <returns>False when another call took the claim.</returns>
    private async Task<bool> StoreAsync((Guid Id, FileMetadata Metadata)[] accepted, IdempotentAnswer? answer)
    {
        try
        {
            return await files.AcceptAsync(accepted, answer, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The connection may have been lost during the commit. The rows show whether it took effect.
            if (await IsStoredAsync(accepted[0].Id))
            {
                LogFoundStored(logger, accepted.Length, exception);
                return true;
            }

            if (exception is OutageException { Outage: Outage.Database })
            {
                // The commit may still take effect, so the objects are kept. If it does not, they are swept as orphans hours later.
                LogInDoubt(logger, accepted.Length);
            }
            else
            {
                await RemoveAsync(accepted);
            }

            throw;
        }
    }

    private async Task<bool> IsStoredAsync(Guid id)
    {
        try
        {
            return (await files.FindAsync([id])).Count > 0;
        }
        catch (OutageException exception)
        {
            LogNotLookedUp(logger, exception);
            return false;
        }
    }

    /// <summary>A failure here is only logged: the files are committed, and recovery publishes what is due in the ledger.</summary>
    private async Task PublishAsync((Guid Id, FileMetadata Metadata)[] accepted)
    {
        try
        {
            await grains.GetGrain<IWorkOutboxGrain>(0).PublishFilesAsync(new Immutable<Guid[]>([.. accepted.Select(file => file.Id)]));
        }
        catch (Exception exception)
        {
            LogNotPublished(logger, accepted.Length, exception);
        }
    }

    private Task RemoveAsync((Guid Id, FileMetadata Metadata)[] refused) => Task.WhenAll(refused.Select(async file =>
    {
        try
        {
            await objects.DeleteAsync(file.Metadata.ObjectKey, CancellationToken.None);
            await objects.DeleteAsync(FileObjects.MetadataOf(file.Metadata.ObjectKey), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotRemoved(logger, file.Id, exception);
        }
    }));

    [LoggerMessage(LogLevel.Information, "Accepted {Count} files with profile {ProfileId}")]
    private static partial void LogAccepted(ILogger logger, int count, string profileId);

    [LoggerMessage(LogLevel.Warning, "The commit of an upload of {Count} files threw but took effect; the upload is accepted")]
    private static partial void LogFoundStored(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "It is not known whether an upload of {Count} files was committed; it is refused, and its objects are kept until orphans are swept")]
    private static partial void LogInDoubt(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "The rows of a failed upload could not be looked up")]
    private static partial void LogNotLookedUp(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Count} accepted files could not be passed to the outbox; recovery will publish them")]
    private static partial void LogNotPublished(ILogger logger, int count, Exception exception);

    [LoggerMessage(LogLevel.Warning, "File {FileId} was refused, but its object could not be removed; it will be swept as an orphan")]
    private static partial void LogNotRemoved(ILogger logger, Guid fileId, Exception exception);
}
