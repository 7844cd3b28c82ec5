using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>Makes the report of a run.</summary>
internal static class InspectReport
{
    /// <param name="files">The results.</param>
    /// <param name="profile">By what they were to be judged.</param>
    /// <param name="references">With what they were compared; null for nothing.</param>
    /// <param name="issuedAt">When the report is written.</param>
    public static ReportDocument Of(
        IReadOnlyList<InspectedFile> files, ComponentProfile profile, ReferenceFiles? references, DateTimeOffset issuedAt) => new()
        {
            Id = Guid.CreateVersion7(issuedAt),
            IssuedAt = issuedAt,
            SoftwareVersion = SoftwareVersion.Current,
            Details = new(),
            Items = [.. files.Select(file => new ReportItem
        {
            FileName = file.File,
            Size = file.Size,
            Sha256 = file.Sha256,
            MediaType = file.Header?.MediaType ?? "",
            Width = file.Header?.Width ?? 0,
            Height = file.Header?.Height ?? 0,
            Inspection = file.Inspection,
            Error = file.Error,
            Profile = file.Profile ?? profile,
            LoadReference = references is not null && file.Inspection?.Registration?.ReferenceSha256 is { } sha256
                ? cancellationToken => ReadAsync(references.PathOf(sha256), cancellationToken)
                : null,
            LoadImage = cancellationToken => LoadAsync(file, cancellationToken),
        })],
        };

    /// <summary>Null for a file that could not be read for its inspection, or can no longer be read.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(InspectedFile file, CancellationToken cancellationToken) =>
        file.Sha256.Length == 0 || file.Size == 0 ? null : await ReadAsync(file.File, cancellationToken);

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
