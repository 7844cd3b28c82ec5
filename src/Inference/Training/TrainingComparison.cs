namespace Chitti.Inference;

/// <summary>How a picture compares with those of the training. Of a picture that was inspected in tiles, the most unlike tile counts.</summary>
public sealed record TrainingComparison
{
    /// <summary>The largest distance of a place, see <see cref="FeatureStatistics"/>; null without statistics of features.</summary>
    public double? Distance { get; init; }

    /// <summary>Centre of that place in pixels of the picture; null if the features are of the whole picture.</summary>
    public (int X, int Y)? Place { get; init; }

    /// <summary>Whether some part of the picture is too narrow to hold a single place, so that it could not be compared.</summary>
    public bool IsTooNarrow { get; init; }

    /// <summary>What the picture itself tells.</summary>
    public required PictureDeviation Picture { get; init; }
}
