using Chitti.Domain;

namespace Chitti.Grains.Abstractions;

/// <summary>Identifies the content of a rendition.</summary>
public static class RenditionTag
{
    /// <summary>Built from the id of the inspection for an annotated image, otherwise from the SHA-256 of the file.</summary>
    public static string Of(FileSnapshot file, Rendition rendition)
    {
        ArgumentNullException.ThrowIfNull(file);
        var of = rendition == Rendition.Annotated && file.InspectionId is { } inspection ? inspection.ToString() : file.Metadata.Sha256;
        return $"{of}-{ApiJson.Word(rendition)}";
    }
}
