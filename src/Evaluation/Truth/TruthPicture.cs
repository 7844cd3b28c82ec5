namespace Chitti.Evaluation;

/// <summary>One picture whose true defects are known.</summary>
public sealed record TruthPicture
{
    /// <summary>Path of the picture.</summary>
    public required string File { get; init; }

    /// <summary>Pixels, upright; 0 if the header can't be read.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, upright; 0 if the header can't be read.</summary>
    public required int Height { get; init; }

    /// <summary>The true defects; empty for a good part.</summary>
    public required IReadOnlyList<TruthBox> Boxes { get; init; }

    /// <summary>Why the picture can't be used; null if it can.</summary>
    public string? Fault { get; init; }
}
