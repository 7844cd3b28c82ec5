namespace Chitti.Evaluation;

/// <summary>Pictures with their true defects.</summary>
public sealed record GroundTruth
{
    /// <summary>The format it was read from.</summary>
    public required TruthFormat Format { get; init; }

    /// <summary>Its pictures, in the order of their paths.</summary>
    public required IReadOnlyList<TruthPicture> Pictures { get; init; }

    /// <summary>What a reader of the figures should know of how the truth was read.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The names of the classes of its defects, in the order of the names.</summary>
    public IReadOnlyList<string> Classes =>
        [.. Pictures.SelectMany(picture => picture.Boxes).Select(box => box.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
