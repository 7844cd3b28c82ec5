using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Coordinates one uploaded image: the only writer of its row, a cache of it, and the one who gives the lease on its work.
/// It has no state of its own. Key: the file id. Every call may throw <see cref="OutageException"/> and is safe to repeat.
/// </summary>
[Alias("chitti.file-grain")]
public interface IFileGrain : IGrainWithGuidKey
{
    /// <summary>The file as it stands now; null when there is none, or it was deleted.</summary>
    [Alias("get"), ReadOnly]
    Task<FileSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes the lease on the file's inspection, and counts an attempt. Ends the file as failed when it has used up its attempts.</summary>
    /// <returns>Null when there is nothing to do: the file is gone or has ended, or another lease holds.</returns>
    [Alias("begin")]
    Task<FileLease?> BeginAsync(CancellationToken cancellationToken = default);

    /// <summary>Renews a lease.</summary>
    /// <returns>False when it has been lost.</returns>
    [Alias("renew")]
    Task<bool> RenewAsync(string holder, CancellationToken cancellationToken = default);

    /// <summary>Completes the file with its inspection. The first inspection stays.</summary>
    [Alias("complete")]
    Task CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default);

    /// <summary>Ends the file as failed, for a reason that another attempt would not change.</summary>
    [Alias("fail")]
    Task FailAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the file as failed because the broker gave its message up. A message replayed from the dead letters puts it back to work.</summary>
    [Alias("fail-as-dead-letter")]
    Task FailAsDeadLetterAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease after an attempt that failed on the image itself; the last allowed attempt ends the file as failed.</summary>
    /// <returns>True when the file has ended; false when it is to be published again.</returns>
    [Alias("record-failure")]
    Task<bool> RecordFailureAsync(string holder, string reason, CancellationToken cancellationToken = default);

    /// <summary>Ends the lease because of an outage, which costs no attempt.</summary>
    [Alias("record-outage")]
    Task RecordOutageAsync(string holder, string reason, CancellationToken cancellationToken = default);

    /// <summary>Makes a rendition on first request and keeps it.</summary>
    [Alias("render"), AlwaysInterleave]
    Task<RenditionReply> RenderAsync(Rendition rendition, CancellationToken cancellationToken = default);

    /// <summary>Removes the bytes and the file; its inspection stays.</summary>
    /// <returns>False when there is no such file.</returns>
    [Alias("delete")]
    Task<bool> DeleteAsync(CancellationToken cancellationToken = default);
}
