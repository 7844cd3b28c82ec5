using Chitti.Domain;

namespace Chitti.Storage;

/// <summary>An inspection, with what is known of its file.</summary>
/// <param name="Inspection">The inspection.</param>
/// <param name="FileName">Name of the file; null if it was deleted by a release that kept nothing of it.</param>
/// <param name="PartId">Part id of the file.</param>
/// <param name="BatchId">Batch id of the file.</param>
/// <param name="PictureDeletedAt">When the bytes of the file were deleted, UTC; null if they were not.</param>
/// <param name="PictureDeletedBy">Who deleted them.</param>
public sealed record StoredInspection(
    Inspection Inspection, string? FileName, string? PartId, string? BatchId, DateTimeOffset? PictureDeletedAt, string? PictureDeletedBy);
