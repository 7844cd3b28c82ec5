using System.Globalization;

namespace Chitti.Inference;

/// <summary>The range of <see cref="PictureMeasures"/> in the pictures of a training.</summary>
public sealed record PictureLimits
{
    /// <summary>Range of each class of grey levels.</summary>
    public required IReadOnlyList<ValueRange> GreyLevels { get; init; }

    /// <summary>Share of the pixels that may lie outside those ranges, 0..1.</summary>
    public required double GreyLimit { get; init; }

    /// <summary>Of <see cref="PictureMeasures.EdgeDensity"/>.</summary>
    public required ValueRange EdgeDensity { get; init; }

    /// <summary>Of <see cref="PictureMeasures.DiagonalEdges"/>.</summary>
    public required ValueRange DiagonalEdges { get; init; }

    /// <summary>Largest <see cref="PictureMeasures.FlatDark"/>.</summary>
    public required double FlatDark { get; init; }

    /// <summary>Largest <see cref="PictureMeasures.FlatBright"/>.</summary>
    public required double FlatBright { get; init; }

    /// <summary>Share of the pixels that lie outside the ranges of grey levels.</summary>
    public static double GreyExcess(IReadOnlyList<ValueRange> ranges, IReadOnlyList<double> levels) => ranges
        .Zip(levels, (range, share) => Math.Max(0, Math.Max(share - range.Max, range.Min - share)))
        .Sum();

    /// <summary>The respect in which a picture is most unlike those of the training.</summary>
    public PictureDeviation Check(PictureMeasures picture) => Deviations(picture).MaxBy(one => one.Excess).Deviation;

    private IEnumerable<(double Excess, PictureDeviation Deviation)> Deviations(PictureMeasures picture)
    {
        var grey = GreyExcess(GreyLevels, picture.GreyLevels);
        yield return Above(grey, GreyLimit, $"{Percent(grey)} of its pixels have other grey levels, at most {Percent(GreyLimit)}");
        yield return Inside(picture.EdgeDensity, EdgeDensity, "of its pixels lie at edges");
        yield return Inside(picture.DiagonalEdges, DiagonalEdges, "of its edges run diagonally");
        yield return Above(picture.FlatDark, FlatDark, $"a dark square without structure takes {Percent(picture.FlatDark)} of its side, at most {Percent(FlatDark)}");
        yield return Above(picture.FlatBright, FlatBright, $"a bright square without structure takes {Percent(picture.FlatBright)} of its side, at most {Percent(FlatBright)}");
    }

    private static (double Excess, PictureDeviation Deviation) Above(double value, double limit, string fault) =>
        ((value - limit) / Math.Max(limit, 1e-3), new(value, limit, value > limit ? $"{fault} in the training" : null));

    private static (double Excess, PictureDeviation Deviation) Inside(double value, ValueRange range, string what)
    {
        var limit = value - range.Min < range.Max - value ? range.Min : range.Max;
        var excess = Math.Max(value - range.Max, range.Min - value) / Math.Max(range.Max - range.Min, 1e-3);
        return (excess, new(value, limit, range.Includes(value) ? null : $"{Percent(value)} {what}, {Percent(range.Min)} to {Percent(range.Max)} in the training"));
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}
