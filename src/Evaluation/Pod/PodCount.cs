using MathNet.Numerics.Distributions;

namespace Chitti.Evaluation;

/// <summary>Targets from some size on, counted without a model: what they show by themselves.</summary>
/// <param name="Targets">How many there are, 1 or more.</param>
/// <param name="Hits">How many of them were found.</param>
/// <param name="Lower">
/// The lower 95 % bound of their probability of detection, 0..1, by Clopper and Pearson. It takes 29 hits of 29 to show 90 %.
/// </param>
public sealed record PodCount(int Targets, int Hits, double Lower)
{
    internal static PodCount Of(IReadOnlyCollection<bool> hits)
    {
        var found = hits.Count(hit => hit);
        return new(hits.Count, found, found == 0 ? 0 : Beta.InvCDF(found, hits.Count - found + 1, 0.05));
    }
}
