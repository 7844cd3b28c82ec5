using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>One file with its inspection.</summary>
internal sealed class FileResponse(FileSnapshot file) : FileSummary(file)
{
    public InspectionDocument? Inspection { get; } = file.Inspection is { } inspection ? InspectionDocument.From(inspection) : null;
}
