namespace Chitti.Inference;

/// <summary>What is wrong with the numbers of a statistics file.</summary>
internal static class StatisticsFaults
{
    public static IEnumerable<string> Of(StatisticsDocument.FeatureDocument features, FeatureShape shape)
    {
        if (!(features.Limit > 0 && double.IsFinite(features.Limit)))
        {
            yield return "\"limit\" must be a number above 0";
        }

        if (features.Mean.Length != shape.Channels)
        {
            yield return $"\"mean\" has {features.Mean.Length} values, but the model's features have {shape.Channels} channels";
        }
        else if (!Array.TrueForAll(features.Mean, double.IsFinite))
        {
            yield return "\"mean\" has a value that is not finite";
        }

        if (features.Covariance.Length != features.Mean.Length)
        {
            yield return $"\"covariance\" has {features.Covariance.Length} rows, but \"mean\" has {features.Mean.Length} values";
        }
        else if (features.Covariance.Index().FirstOrDefault(row => row.Item is null || row.Item.Length != row.Index + 1) is { Item: not null } wrong)
        {
            yield return $"row {wrong.Index + 1} of \"covariance\" has {wrong.Item.Length} values; the lower triangle has {wrong.Index + 1} there";
        }
        else if (Array.Exists(features.Covariance, row => row is null || !Array.TrueForAll(row, double.IsFinite)))
        {
            yield return "\"covariance\" has a value that is not finite";
        }
    }

    public static IEnumerable<string> Of(PictureLimits picture)
    {
        if (picture.GreyLevels.Count != PictureMeasures.LevelCount)
        {
            yield return $"\"grey_levels\" has {picture.GreyLevels.Count} ranges; it must have {PictureMeasures.LevelCount}";
        }

        if (picture.GreyLevels.Append(picture.EdgeDensity).Append(picture.DiagonalEdges).Any(range => range is null || !(range.Min <= range.Max)))
        {
            yield return "a range of \"picture\" has a \"max\" below its \"min\"";
        }

        if (!(picture.GreyLimit >= 0 && picture.FlatDark >= 0 && picture.FlatBright >= 0))
        {
            yield return "\"grey_limit\", \"flat_dark\" and \"flat_bright\" must be at least 0";
        }
    }
}
