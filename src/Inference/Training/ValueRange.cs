namespace Chitti.Inference;

/// <summary>The smallest and the largest value that may be measured.</summary>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest, at least <paramref name="Min"/>.</param>
public sealed record ValueRange(double Min, double Max)
{
    /// <summary>Whether a value lies in the range.</summary>
    public bool Includes(double value) => value >= Min && value <= Max;
}
