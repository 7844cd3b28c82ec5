using System.Text.Json.Serialization;

namespace Chitti.Inference;

/// <summary>The file of <see cref="TrainingStatistics"/>, as it is stored.</summary>
internal sealed record StatisticsDocument
{
    /// <summary>How <see cref="PictureMeasures"/> are taken: statistics of one way say nothing about another.</summary>
    public const int CurrentFormat = 1;

    /// <summary><see cref="CurrentFormat"/> when it was written.</summary>
    public required int Format { get; init; }

    /// <summary>SHA-256 of the ONNX file that saw the pictures, lower-case hexadecimal.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>Number of pictures.</summary>
    public required int Pictures { get; init; }

    /// <summary>Of the features; left out if the model has no such output.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeatureDocument? Features { get; init; }

    /// <summary>Of the pictures themselves.</summary>
    public required PictureLimits Picture { get; init; }

    /// <param name="Limit">Largest Mahalanobis distance.</param>
    /// <param name="Mean">One value for each channel.</param>
    /// <param name="Covariance">The lower triangle, one row for each channel: row n has n values, the first row one.</param>
    internal sealed record FeatureDocument(double Limit, double[] Mean, double[][] Covariance);
}
