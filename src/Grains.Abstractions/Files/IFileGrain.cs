using Chitti.Domain;
using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// One uploaded image: where it lies, where it stands, its inspection. Key: the file id. A call throws what storage throws
/// when that is down; repeating it is safe.
/// </summary>
[Alias("chitti.file-grain")]
public interface IFileGrain : IGrainWithGuidKey
{
    /// <summary>The file as it stands now; null when there is none, or it was deleted.</summary>
    [Alias("get"), ReadOnly]
    Task<FileSnapshot?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings a file whose row is in the catalog forward: publishes it when it waits, repeats the row's end when it has ended. Safe to repeat.</summary>
    /// <returns>True when it was published; false when there was nothing to publish.</returns>
    [Alias("resume")]
    Task<bool> ResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes the file up for its inspection.</summary>
    /// <returns>Null when the file is gone or has ended.</returns>
    [Alias("begin")]
    Task<FileSnapshot?> BeginAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives the file its inspection. The first one stays: a second call repeats only what follows it.</summary>
    [Alias("complete")]
    Task CompleteAsync(Inspection inspection, CancellationToken cancellationToken = default);

    /// <summary>Ends the file as failed, for a reason that another attempt would not change.</summary>
    [Alias("fail")]
    Task FailAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Notes that an attempt failed on the image itself; the third ends the file as failed.</summary>
    /// <returns>True when the file has ended.</returns>
    [Alias("record-failure")]
    Task<bool> RecordFailureAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Makes a rendition on first request and keeps it.</summary>
    [Alias("render"), AlwaysInterleave]
    Task<RenditionReply> RenderAsync(Rendition rendition, CancellationToken cancellationToken = default);

    /// <summary>Removes the bytes and the file; its inspection stays.</summary>
    /// <returns>False when there is no such file.</returns>
    [Alias("delete")]
    Task<bool> DeleteAsync(CancellationToken cancellationToken = default);
}
