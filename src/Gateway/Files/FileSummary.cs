using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>A file in a list.</summary>
internal class FileSummary(FileSnapshot file)
{
    public Guid Id => file.Id;

    public string Name => file.Metadata.Name;

    public long Size => file.Metadata.Size;

    public string Sha256 => file.Metadata.Sha256;

    public string MediaType => file.Metadata.MediaType;

    public int Width => file.Metadata.Width;

    public int Height => file.Metadata.Height;

    /// <summary>In lists, a file that is being processed counts as queued.</summary>
    public FileStatus State => file.Status;

    public string? Error => file.Error;

    public ProfileReference Profile => file.Metadata.Profile;

    public string? PartId => file.Metadata.PartId;

    public string? BatchId => file.Metadata.BatchId;

    public DateTimeOffset CreatedAt => file.Metadata.CreatedAt;

    public DateTimeOffset? CompletedAt => file.CompletedAt;

    public Guid? InspectionId => file.InspectionId;

    public Verdict? Verdict => file.Verdict;

    public FileLinks Links => FileLinks.Of(file.Id);
}
