using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>The report of a run.</summary>
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

    /// <summary>What was not read for the inspection is not read for its picture; and a file may have gone since.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> LoadAsync(InspectedFile file, CancellationToken cancellationToken)
    {
        if (file.Sha256.Length == 0)
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
