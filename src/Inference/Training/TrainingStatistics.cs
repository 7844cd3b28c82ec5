namespace Chitti.Inference;

/// <summary>What the pictures that a model was trained on look like, so that others can be told from them.</summary>
public sealed record TrainingStatistics
{
    /// <summary>Number of pictures that they were computed from.</summary>
    public required int Pictures { get; init; }

    /// <summary>Of the model's features; null if it has no such output.</summary>
    public FeatureStatistics? Features { get; init; }

    /// <summary>Of the pictures themselves.</summary>
    public required PictureLimits Picture { get; init; }
}
