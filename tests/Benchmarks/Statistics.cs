namespace Chitti.Benchmarks;

internal static class Statistics
{
    public static double Median(this IEnumerable<double> values) => values.Quantile(0.5);

    public static double Quantile(this IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        var place = part * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return below + ((above - below) * (place - Math.Floor(place)));
    }
}
