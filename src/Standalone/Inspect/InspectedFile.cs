using Chitti.Domain;
using Chitti.Imaging;

namespace Chitti.Standalone;

/// <summary>Result for one input file.</summary>
internal sealed record InspectedFile
{
    /// <summary>Path as given or found.</summary>
    public required string File { get; init; }

    public long Size { get; init; }

    public string Sha256 { get; init; } = "";

    /// <summary>Null if the file is not an image.</summary>
    public ImageHeader? Header { get; init; }

    /// <summary>Null if the file could not be inspected.</summary>
    public Inspection? Inspection { get; init; }

    /// <summary>By what it was judged, with its references; null if it could not be inspected.</summary>
    public ComponentProfile? Profile { get; init; }

    /// <summary>Why an inspected file has no annotated image; null if it has one.</summary>
    public string? PictureFault { get; init; }

    /// <summary>Why the file could not be inspected; null otherwise.</summary>
    public string? Error { get; init; }
}
