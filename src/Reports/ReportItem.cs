using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>One file of a report.</summary>
public sealed record ReportItem
{
    public Guid? FileId { get; init; }

    public required string FileName { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Of the encoded bytes, lower-case hexadecimal; empty if they were never read.</summary>
    public required string Sha256 { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Pixels, after EXIF orientation; 0 if the file could not be read.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, after EXIF orientation; 0 if the file could not be read.</summary>
    public required int Height { get; init; }

    public string? PartId { get; init; }

    public string? BatchId { get; init; }

    /// <summary>When the upload was accepted.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Null if the file could not be inspected; <see cref="Error"/> then says why.</summary>
    public Inspection? Inspection { get; init; }

    public string? Error { get; init; }

    /// <summary>When the image was deleted, UTC; null if it was not. Its inspection is reported all the same.</summary>
    public DateTimeOffset? PictureDeletedAt { get; init; }

    /// <summary>Who deleted the image.</summary>
    public string? PictureDeletedBy { get; init; }

    /// <summary>The profile version the inspection names; null if it is no longer available.</summary>
    public ComponentProfile? Profile { get; init; }

    /// <summary>Loads the encoded bytes of the reference that the image was compared with, as <see cref="LoadImage"/>; null if there was none.</summary>
    public Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>>? LoadReference { get; init; }

    /// <summary>
    /// Loads the encoded bytes; null if they were deleted or can't be read. Called at most once, shortly before they are
    /// drawn.
    /// </summary>
    public required Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> LoadImage { get; init; }
}
