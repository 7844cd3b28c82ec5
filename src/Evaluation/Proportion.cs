using MathNet.Numerics.Distributions;

namespace Chitti.Evaluation;

/// <summary>A share of parts or boxes, and the range in which the true share lies with 95 % confidence.</summary>
/// <remarks>The range is exact (Clopper and Pearson, 1934): with few parts it is wide, and 0 of 20 still allows 16.8 %.</remarks>
public sealed record Proportion
{
    private const double Tail = 0.025;

    /// <param name="count">From 0 to <paramref name="of"/>.</param>
    /// <param name="of">From 0.</param>
    public Proportion(int count, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        (Count, Of) = (count, of);
        Share = of == 0 ? null : Math.Round((double)count / of, 6);
        Lower = count == 0 ? 0 : Math.Round(Beta.InvCDF(count, of - count + 1, Tail), 6);
        Upper = count == of ? 1 : Math.Round(Beta.InvCDF(count + 1, of - count, 1 - Tail), 6);
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>Of how many.</summary>
    public int Of { get; }

    /// <summary>0..1; null of none.</summary>
    public double? Share { get; }

    /// <summary>Lower end of the range, 0..1.</summary>
    public double Lower { get; }

    /// <summary>Upper end of the range, 0..1.</summary>
    public double Upper { get; }
}
