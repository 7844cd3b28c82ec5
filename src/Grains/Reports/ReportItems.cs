using Chitti.Domain;
using Chitti.Reports;
using Chitti.Storage;

namespace Chitti.Grains;

/// <summary>Makes the items of a report from files.</summary>
internal static class ReportItems
{
    public static ReportItem Of(FileSnapshot file, ComponentProfile? profile, IObjectStore objects) => new()
    {
        FileId = file.Id,
        FileName = file.Metadata.Name,
        Size = file.Metadata.Size,
        Sha256 = file.Metadata.Sha256,
        MediaType = file.Metadata.MediaType,
        Width = file.Metadata.Width,
        Height = file.Metadata.Height,
        PartId = file.Metadata.PartId,
        BatchId = file.Metadata.BatchId,
        ReceivedAt = file.Metadata.CreatedAt,
        Inspection = file.Inspection,
        Error = file switch
        {
            { Inspection: not null } => null,
            { Error: { } error } => error,
            { DeletedAt: not null } => "The file was deleted before it was inspected.",
            _ => "The file had not been inspected when the report was written.",
        },
        PictureDeletedAt = file.DeletedAt,
        PictureDeletedBy = file.DeletedBy,
        Profile = profile,
        LoadReference = ReferenceOf(file, objects),
        LoadImage = file.DeletedAt is null
            ? cancellationToken => LoadAsync(objects, file.Metadata.ObjectKey, cancellationToken)
            : _ => ValueTask.FromResult<ReadOnlyMemory<byte>?>(null),
    };

    private static Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>>? ReferenceOf(FileSnapshot file, IObjectStore objects) =>
        file.Inspection?.Registration?.ReferenceSha256 is { } sha256
            ? cancellationToken => LoadAsync(objects, ReferenceObjects.KeyOf(sha256), cancellationToken)
            : null;

    public static ReportItem OfMissing(Guid fileId) => new()
    {
        FileId = fileId,
        FileName = fileId.ToString(),
        Size = 0,
        Sha256 = "",
        MediaType = "",
        Width = 0,
        Height = 0,
        Error = "The file was deleted before the report was written.",
        LoadImage = _ => ValueTask.FromResult<ReadOnlyMemory<byte>?>(null),
    };

    private static async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(IObjectStore objects, string key, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await objects.OpenReadAsync(key, cancellationToken);
            if (stream is null)
            {
                return null;
            }

            // Not rented, because the document keeps the bytes until its pages are written. It checks their SHA-256 itself.
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (InvalidDataException)
        {
            // The report is written without this image, and says so.
            return null;
        }
    }
}
