using System.Globalization;
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
    private const string DayFormat = "yyyyMMdd";

    // The generation was counted up when the process started.
    private bool _isFirst = true;

    /// <summary>Makes one pass. Does nothing while database and objects do not match.</summary>
    /// <returns>Number of objects moved to quarantine.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (await (_isFirst ? pairing.FindFaultAsync(cancellationToken) : pairing.AdvanceAsync(cancellationToken)) is { } fault)
        {
            LogNotPaired(logger, fault);
            return 0;
        }

        _isFirst = false;

        await FinishDeletionsAsync(cancellationToken);
        var moved = await MoveOrphansAsync(cancellationToken);
        await EmptyQuarantineAsync(cancellationToken);
        await RemoveEmptyFoldersAsync(cancellationToken);
        return moved;
    }

    /// <summary>Deletes the objects of deleted files that a crash or an outage has left.</summary>
    private async Task FinishDeletionsAsync(CancellationToken cancellationToken)
    {
        while (await files.ListDeletedAsync(PageSize, cancellationToken) is { Count: > 0 } deleted)
        {
            foreach (var key in deleted.SelectMany(file => FileKeys.All(file.ObjectKey)))
            {
                await objects.DeleteAsync(key, cancellationToken);
            }

            await files.ForgetDeletedAsync([.. deleted.Select(file => file.Id)], cancellationToken);
        }
    }

    private async Task<int> MoveOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - options.Value.OrphanGrace;
        var quarantine = $"{FileObjects.QuarantinePrefix}{now.ToString(DayFormat, CultureInfo.InvariantCulture)}/";
        var moved = 0;
        var uploads = new HashSet<Guid>();
        try
        {
            var candidates = objects.ListAsync(FileObjects.Prefix, cancellationToken)
                .Select(found => found.Key).Where(key => FileObjects.TimeOf(key) < before);
            await foreach (var page in candidates.Chunk(PageSize).WithCancellation(cancellationToken))
            {
                foreach (var key in await files.FindUnownedAsync(page, cancellationToken))
                {
                    if (await objects.MoveAsync(key, quarantine + key, cancellationToken))
                    {
                        uploads.Add(FileObjects.IdOf(key)!.Value);
                        moved++;
                    }
                }
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

    private async Task EmptyQuarantineAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().UtcDateTime.Date.AddDays(-options.Value.QuarantineDays);
        var removed = 0;
        await foreach (var found in objects.ListAsync(FileObjects.QuarantinePrefix, cancellationToken))
        {
            if (QuarantinedOn(found.Key) < before)
            {
                await objects.DeleteAsync(found.Key, cancellationToken);
                removed++;
            }
        }

        if (removed > 0)
        {
            LogRemoved(logger, removed, options.Value.QuarantineDays);
        }
    }

    /// <summary>Removes what is left of commits and moves that were interrupted before the object was in its folder.</summary>
    private async Task RemoveEmptyFoldersAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = now - options.Value.OrphanGrace;
        await objects.RemoveEmptyFoldersAsync(FileObjects.Prefix, folder => FileObjects.TimeOf(folder) < before, cancellationToken);
        await objects.RemoveEmptyFoldersAsync(FileObjects.QuarantinePrefix, folder => QuarantinedOn(folder) < now.UtcDateTime.Date, cancellationToken);
    }

    private static DateTime? QuarantinedOn(string key) =>
        key.Split('/') is [_, var day, ..] && DateTime.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [LoggerMessage(LogLevel.Error, "Orphaned objects are not swept, because database and objects do not match ({Fault}). Stop the server, and restore the latest backup of the database or run the command recover")]
    private static partial void LogNotPaired(ILogger logger, PairingFault fault);

    [LoggerMessage(LogLevel.Warning, "Moved {Objects} objects of {Uploads} uploads, which no file owns, to {Quarantine} in the object store. They are deleted after {Days} days; until then the command recover can restore their files")]
    private static partial void LogMoved(ILogger logger, int objects, int uploads, string quarantine, int days);

    [LoggerMessage(LogLevel.Warning, "Deleted {Objects} objects that had been in quarantine for more than {Days} days")]
    private static partial void LogRemoved(ILogger logger, int objects, int days);
}
