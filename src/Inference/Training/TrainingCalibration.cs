using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Chitti.Inference;

/// <summary>
/// Computes statistics from pictures of a training. Limits come from pictures that were held out: the pictures, by name, are cut
/// into ten groups, and each is measured with the statistics of the other nine. Groups are not drawn at random, because
/// pictures of one part often have neighbouring names, and a part that the statistics know looks closer than one that is new.
/// </summary>
public static class TrainingCalibration
{
    /// <summary>Fewest pictures. One in a hundred is to lie outside, and thirty say little enough about that.</summary>
    public const int MinPictures = 30;

    private const int Groups = 10;
    private const double Inside = 0.99;

    // Widens the range of a measure by this share of the bound. The density of edges varies with the size of what is shown.
    private const double Margin = 0.05;
    private const double DensityMargin = 0.25;

    // Of the pixels: soft focus turns that many at edges grey.
    private const double MinGreyLimit = 0.15;

    /// <summary>Computes them.</summary>
    /// <param name="pictures">Pictures of parts as they are inspected, with and without defects.</param>
    /// <param name="channels">Channels of the model's features; null if it has none.</param>
    public static CalibrationOutcome Compute(IReadOnlyList<TrainingPicture> pictures, int? channels)
    {
        var usable = pictures.OrderBy(picture => picture.Name, StringComparer.Ordinal).ToList();
        if (FindRefusal(usable, channels) is { } refusal)
        {
            return new() { Refusal = refusal };
        }

        try
        {
            var statistics = new TrainingStatistics
            {
                Pictures = usable.Count,
                Features = channels is null ? null : FeaturesOf(usable),
                Picture = LimitsOf(usable),
            };
            return new() { Statistics = statistics, Outside = [.. Outside(statistics, usable)] };
        }
        catch (ArgumentException)
        {
            return new() { Refusal = "the features do not vary, or are not finite: the pictures must be different ones" };
        }
    }

    private static string? FindRefusal(List<TrainingPicture> pictures, int? channels)
    {
        if (pictures.Count < MinPictures)
        {
            return $"{pictures.Count} pictures can be used, and at least {MinPictures} are needed: fewer do not tell where one in a hundred lies outside";
        }

        if (channels is null)
        {
            return null;
        }

        if (pictures.Find(picture => picture.Parts.Any(part => part.Features.Count == 0)) is { } narrow)
        {
            return $"{narrow.Name} is too narrow: no place of the model's features lies wholly inside";
        }

        var vectors = pictures.Sum(picture => picture.Parts.Sum(part => part.Features.Count));
        return vectors <= channels
            ? $"{pictures.Count} pictures give {vectors} vectors, and more than {channels} are needed, because that many numbers are in each"
            : null;
    }

    private static FeatureStatistics FeaturesOf(List<TrainingPicture> pictures)
    {
        var heldOut = HeldOut(pictures, (known, held) =>
        {
            var (mean, covariance) = ShrunkCovariance.Of(Vectors(known));
            var statistics = FeatureStatistics.Create(mean, covariance, 1);
            return held.Select(picture => Vectors([picture]).Max(vector => statistics.Distance(vector)));
        });
        var (allMean, allCovariance) = ShrunkCovariance.Of(Vectors(pictures));
        return FeatureStatistics.Create([.. allMean.Select(Significant)], allCovariance.Map(Significant), Round(LimitOf(heldOut)));
    }

    /// <summary>
    /// The larger of the quantile of what was measured, and the bound that the next picture keeps with that probability if
    /// logarithms are distributed normally (Student's t): of few pictures the quantile is not known.
    /// </summary>
    private static double LimitOf(List<double> heldOut)
    {
        var logarithms = heldOut.ConvertAll(Math.Log);
        var count = logarithms.Count;
        var factor = StudentT.InvCDF(0, 1, count - 1, Inside) * Math.Sqrt(1 + (1.0 / count));
        var limit = Math.Max(
            heldOut.QuantileCustom(Inside, QuantileDefinition.R7),
            Math.Exp(logarithms.Mean() + (factor * logarithms.StandardDeviation())));
        return double.IsFinite(limit) ? limit : throw new ArgumentException("A distance is not finite.");
    }

    private static PictureLimits LimitsOf(List<TrainingPicture> pictures)
    {
        var excess = HeldOut(pictures, (known, held) =>
        {
            var ranges = GreyRanges(known);
            return held.Select(picture => picture.Parts.Max(part => PictureLimits.GreyExcess(ranges, part.Picture.GreyLevels)));
        });
        var parts = Parts(pictures).ToList();
        return new()
        {
            GreyLevels = GreyRanges(pictures),
            GreyLimit = Round(Math.Max(MinGreyLimit, excess.QuantileCustom(Inside, QuantileDefinition.R7))),
            EdgeDensity = new(
                Round(parts.Min(part => part.EdgeDensity) * (1 - DensityMargin)), Round(parts.Max(part => part.EdgeDensity) * (1 + DensityMargin))),
            DiagonalEdges = new(
                Round(parts.Min(part => part.DiagonalEdges) * (1 - Margin)), Largest(parts.ConvertAll(part => part.DiagonalEdges))),
            FlatDark = Largest(parts.ConvertAll(part => part.FlatDark)),
            FlatBright = Largest(parts.ConvertAll(part => part.FlatBright)),
        };
    }

    private static ValueRange[] GreyRanges(IEnumerable<TrainingPicture> pictures)
    {
        var levels = Parts(pictures).Select(part => part.GreyLevels).ToList();
        return
        [
            .. Enumerable.Range(0, PictureMeasures.LevelCount).Select(index =>
                new ValueRange(Round(levels.Min(shares => shares[index])), Round(levels.Max(shares => shares[index])))),
        ];
    }

    /// <summary>Without one in a hundred: a single plain picture would hide what half a part covered in black looks like.</summary>
    private static double Largest(List<double> values)
    {
        values.Sort();
        return Round(values[^((values.Count / 100) + 1)] * (1 + Margin));
    }

    private static List<double> HeldOut(
        List<TrainingPicture> pictures, Func<List<TrainingPicture>, List<TrainingPicture>, IEnumerable<double>> measure)
    {
        var results = new List<double>();
        for (var group = 0; group < Groups; group++)
        {
            var (from, to) = (group * pictures.Count / Groups, (group + 1) * pictures.Count / Groups);
            results.AddRange(measure([.. pictures[..from], .. pictures[to..]], pictures[from..to]));
        }

        return results;
    }

    private static IEnumerable<(string Name, string Fault)> Outside(TrainingStatistics statistics, List<TrainingPicture> pictures)
    {
        foreach (var picture in pictures)
        {
            var distance = statistics.Features is { } features ? Vectors([picture]).Max(vector => features.Distance(vector)) : 0;
            if (statistics.Features is { } known && distance > known.Limit)
            {
                yield return (picture.Name, string.Create(CultureInfo.InvariantCulture, $"distance {distance:0.#}, limit {known.Limit:0.#}"));
            }
            else if (Parts([picture]).Select(part => statistics.Picture.Check(part).Fault).FirstOrDefault(fault => fault is not null) is { } fault)
            {
                yield return (picture.Name, fault);
            }
        }
    }

    private static List<float[]> Vectors(IEnumerable<TrainingPicture> pictures) =>
        [.. pictures.SelectMany(picture => picture.Parts).SelectMany(part => part.Features)];

    private static IEnumerable<PictureMeasures> Parts(IEnumerable<TrainingPicture> pictures) =>
        pictures.SelectMany(picture => picture.Parts).Select(part => part.Picture);

    // As the file has them, so that limits are of the same numbers.
    private static double Significant(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);
}
