using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Coordinates one uploaded image: it is the only writer of its row, caches the row, and gives out the lease on the
/// inspection. It has no grain state. Key: the file id. Every call may throw <see cref="OutageException"/> and is idempotent.
/// </summary>
[Alias("chitti.file-grain")]
public interface IFileGrain : IGrainWithGuidKey
{
    /// <summary>The current state of the file; null when it does not exist or was deleted.</summary>
    [Alias("get"), ReadOnly]
    Task<FileSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes the lease on the inspection and counts an attempt. Ends the file as failed when its attempts are used up.</summary>
    /// <returns>Null when the file is gone or has ended, or another lease holds.</returns>
    [Alias("begin")]
    Task<FileLease?> BeginAsync(CancellationToken cancellationToken = default);

    /// <summary>Renews a lease.</summary>
    /// <returns>False when the lease was lost.</returns>
    [Alias("renew")]
    Task<bool> RenewAsync(string holder, CancellationToken cancellationToken = default);

    /// <summary>Completes the file with its inspection. If it already has one, that one stays.</summary>
    [Alias("complete")]
    Task CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default);

    /// <summary>Ends the file as failed, for a reason that another attempt would not change.</summary>
    [Alias("fail")]
    Task FailAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the file as failed because its message became a dead letter. Replaying the dead letter queues the file again.</summary>
    [Alias("fail-as-dead-letter")]
    Task FailAsDeadLetterAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease after a failed attempt. If it was the last allowed attempt, ends the file as failed.</summary>
    /// <returns>True when the file has ended; false when the caller must publish it again.</returns>
    [Alias("record-failure")]
    Task<bool> RecordFailureAsync(string holder, string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease because of an outage. The attempt does not count.</summary>
    [Alias("record-outage")]
    Task RecordOutageAsync(string holder, string reason, CancellationToken cancellationToken = default);

    /// <summary>Gives the key of a rendition, which is made on first request and stored.</summary>
    [Alias("render"), AlwaysInterleave]
    Task<RenditionReply> RenderAsync(Rendition rendition, CancellationToken cancellationToken = default);

    /// <summary>Deletes the file and its bytes. Its inspection stays, and says so.</summary>
    /// <param name="by">Who deletes it.</param>
    /// <param name="cancellationToken">Leaves the bytes to a sweep once the deletion is recorded.</param>
    /// <returns>False when the file does not exist.</returns>
    [Alias("delete")]
    Task<bool> DeleteAsync(string by, CancellationToken cancellationToken = default);
}
