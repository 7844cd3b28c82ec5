using System.Text.Json.Serialization;
using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>One file with its inspection.</summary>
internal sealed class FileResponse(FileSnapshot file) : FileSummary(file)
{
    // Behind the members that lists have too.
    [JsonPropertyOrder(1)]
    public Inspection? Inspection { get; } = file.Inspection;
}
