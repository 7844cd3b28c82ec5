using Chitti.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chitti.Grains;

/// <summary>
/// Moves objects that no file owns to quarantine, and deletes them days later. Usually they are left over from an upload whose
/// process died between committing the objects and the rows. If rows were lost with the database, they are the only copy, and
/// quarantine gives people time to notice. Goes by the upload time in the object's key, with a grace period of hours, so it
/// depends neither on the age of this process nor on the clock of a volume.
/// </summary>
internal sealed partial class OrphanSweeper(
    IObjectStore objects,
    IFileStore files,
    StorePairing pairing,
    IOptions<WorkOptions> options,
    TimeProvider time,
    ILogger<OrphanSweeper> logger)
{
    private const int PageSize = 500;

    private readonly Quarantine _quarantine = new(objects, files);

    // The generation was counted up when the process started.
    private bool _isFirst = true;

    /// <summary>Makes one pass. Does nothing while database and objects do not match.</summary>
    /// <returns>Number of objects moved to quarantine.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (await (_isFirst ? pairing.FindFaultAsync(cancellationToken) : pairing.AdvanceUnlessFullAsync(cancellationToken)) is { } fault)
        {
            LogNotPaired(logger, fault);
            return 0;
        }

        _isFirst = false;

        var failures = new SweepFailures();
        try
        {
            await FinishDeletionsAsync(failures, cancellationToken);
            var moved = await MoveOrphansAsync(failures, cancellationToken);
            await SweepQuarantineAsync(failures, cancellationToken);
            await RemoveEmptyFoldersAsync(cancellationToken);
            return moved;
        }
        finally
        {
            if (failures.First is var (key, cause))
            {
                LogFailures(logger, failures.Count, key, cause.Message);
            }
        }
    }

    /// <summary>Deletes the objects of deleted files that a crash or an outage has left.</summary>
    private async Task FinishDeletionsAsync(SweepFailures failures, CancellationToken cancellationToken)
    {
        // They are listed again and again.
        var stuck = new HashSet<Guid>();
        while (true)
        {
            var page = await files.ListDeletedAsync(PageSize + stuck.Count, cancellationToken);
            var gone = new List<Guid>();
            foreach (var (id, objectKey) in page.Where(file => !stuck.Contains(file.Id)))
            {
                var isGone = await failures.TryAsync(objectKey, async () =>
                {
                    foreach (var key in FileKeys.All(objectKey))
                    {
                        await objects.DeleteAsync(key, cancellationToken);
                    }

                    return true;
                });
                if (isGone)
                {
                    gone.Add(id);
                }
                else
                {
                    stuck.Add(id);
                }
            }

            if (gone.Count > 0)
            {
                await files.ForgetDeletedAsync(gone, cancellationToken);
            }

            if (page.Count <= stuck.Count)
            {
                return;
            }
        }
    }

    private async Task<int> MoveOrphansAsync(SweepFailures failures, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - options.Value.OrphanGrace;
        var quarantine = FileObjects.QuarantineOf(DateOnly.FromDateTime(now.UtcDateTime));
        var moved = 0;
        var uploads = new HashSet<Guid>();
        try
        {
            var candidates = objects.ListAsync(FileObjects.Prefix, cancellationToken)
                .Select(found => found.Key).Where(key => FileObjects.TimeOf(key) < before);
            await foreach (var page in candidates.Chunk(PageSize).WithCancellation(cancellationToken))
            {
                var inQuarantine = new List<string>();
                foreach (var key in await files.FindUnownedAsync(page, cancellationToken))
                {
                    if (await failures.TryAsync(key, async () => await objects.MoveAsync(key, quarantine + key, cancellationToken)))
                    {
                        inQuarantine.Add(key);
                    }
                }

                // The command recover may have restored files in the meantime, and needs their objects where they were.
                var unowned = inQuarantine.Count > 0 ? await files.FindUnownedAsync(inQuarantine, cancellationToken) : [];
                foreach (var key in inQuarantine.Except(unowned, StringComparer.Ordinal))
                {
                    await failures.TryAsync(key, () => _quarantine.ReturnAsync(quarantine + key, cancellationToken));
                }

                moved += unowned.Count;
                uploads.UnionWith(unowned.Select(key => FileObjects.IdOf(key)!.Value));
            }
        }
        finally
        {
            if (moved > 0)
            {
                LogMoved(logger, moved, uploads.Count, quarantine, options.Value.QuarantineDays);
            }
        }

        return moved;
    }

    private async Task SweepQuarantineAsync(SweepFailures failures, CancellationToken cancellationToken)
    {
        var (returned, deleted) = await _quarantine.SweepAsync(
            DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), options.Value.QuarantineDays, failures, cancellationToken);
        if (returned > 0)
        {
            LogReturned(logger, returned);
        }

        if (deleted > 0)
        {
            LogDeleted(logger, deleted, options.Value.QuarantineDays);
        }
    }

    /// <summary>Removes what is left of commits and moves that were interrupted before the object was in its folder.</summary>
    private async Task RemoveEmptyFoldersAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - options.Value.OrphanGrace;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await objects.RemoveEmptyFoldersAsync(FileObjects.Prefix, folder => FileObjects.TimeOf(folder) < before, cancellationToken);
        await objects.RemoveEmptyFoldersAsync(FileObjects.QuarantinePrefix, folder => FileObjects.QuarantinedOn(folder) < today, cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Orphaned objects are not swept, because database and objects do not match ({Fault}). Stop the server, and restore the latest backup of the database or run the command recover")]
    private static partial void LogNotPaired(ILogger logger, PairingFault fault);

    [LoggerMessage(LogLevel.Warning, "Moved {Objects} objects of {Uploads} uploads, which no file owns, to {Quarantine} in the object store. They are deleted after {Days} days; until then the command recover can restore their files")]
    private static partial void LogMoved(ILogger logger, int objects, int uploads, string quarantine, int days);

    [LoggerMessage(LogLevel.Warning, "Moved {Objects} objects back from quarantine, because files own them")]
    private static partial void LogReturned(ILogger logger, int objects);

    [LoggerMessage(LogLevel.Warning, "Deleted {Objects} objects that had been in quarantine for more than {Days} days")]
    private static partial void LogDeleted(ILogger logger, int objects, int days);

    [LoggerMessage(LogLevel.Warning, "{Failures} objects could not be swept; the next sweep tries again. The first is {Key}: {Cause}")]
    private static partial void LogFailures(ILogger logger, int failures, string key, string cause);
}
