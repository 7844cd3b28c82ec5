using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>Makes the report of a run.</summary>
internal static class InspectReport
{
    public static ReportDocument Of(IReadOnlyList<InspectedFile> files, ComponentProfile profile, DateTimeOffset issuedAt) => new()
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
            Profile = profile,
            LoadImage = cancellationToken => LoadAsync(file, cancellationToken),
        })],
    };

    /// <summary>Null for a file that could not be read for its inspection, or can no longer be read.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(InspectedFile file, CancellationToken cancellationToken)
    {
        if (file.Sha256.Length == 0 || file.Size == 0)
        {
            return null;
        }

        try
        {
            return await File.ReadAllBytesAsync(file.File, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
