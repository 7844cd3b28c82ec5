namespace Chitti.Evaluation.Tests;

/// <summary>Targets of a known curve: a50 = 6, b1 = 3, sizes from 1 to 40 evenly spread in ln a.</summary>
internal static class Simulated
{
    public const double B1 = 3;
    public static readonly double B0 = -3 * Math.Log(6);
    public static readonly double A90 = 6 * Math.Pow(9, 1 / B1);

    public static List<PodTarget> Targets(Random random, int count, double asymptote = 1) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            var size = Math.Exp(random.NextDouble() * Math.Log(40));
            return new PodTarget(size, random.NextDouble() < asymptote / (1 + Math.Exp(-(B0 + B1 * Math.Log(size)))));
        }),
    ];

    public static HitMissData Data(Random random, int count) =>
        new([.. Targets(random, count).Select(target => (target.Size, target.Hit))]);
}
