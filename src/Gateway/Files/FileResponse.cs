using System.Text.Json.Serialization;
using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>A file with its inspection.</summary>
internal sealed class FileResponse(FileSnapshot file) : FileSummary(file)
{
    // After the inherited members.
    [JsonPropertyOrder(1)]
    public Inspection? Inspection { get; } = file.Inspection;
}
