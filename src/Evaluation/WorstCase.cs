using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Something that went wrong, to be looked at.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="File">Path of the picture.</param>
/// <param name="Box">Where, in pixels; null for the whole picture.</param>
/// <param name="Statement">In words.</param>
public sealed record WorstCase(WorstKind Kind, string File, Box? Box, string Statement)
{
    /// <summary>Path of the annotated picture, relative to the output folder; null if it could not be drawn.</summary>
    public string? Picture { get; init; }
}
