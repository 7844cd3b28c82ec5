using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Standalone;

/// <summary>What became of one input.</summary>
internal sealed record InspectedFile
{
    /// <summary>As the command line named it.</summary>
    public required string File { get; init; }

    public long Size { get; init; }

    public string Sha256 { get; init; } = "";

    /// <summary>Null where the file is no image.</summary>
    public ImageHeader? Header { get; init; }

    /// <summary>Null where there is an error.</summary>
    public Inspection? Inspection { get; init; }

    /// <summary>Why there is no annotated image of an inspected file; null where there is one.</summary>
    public string? PictureFault { get; init; }

    /// <summary>Why the file could not be inspected; null otherwise.</summary>
    public string? Error { get; init; }
}
