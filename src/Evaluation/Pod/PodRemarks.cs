namespace Chitti.Evaluation;

/// <summary>What weakens the figures of a curve that was fitted.</summary>
internal static class PodRemarks
{
    // In simulated studies, the bound by the likelihood ratio is right in 91 to 94 % up to this number.
    private const int Small = 500;

    public static IEnumerable<string> Of(PodOutcome outcome, PodSize ratio, PodSize wald, PodCount? above)
    {
        if (ratio.Value is { } size && outcome.Targets < Small && !(wald.Value <= size))
        {
            yield return $"the a90/95 by Wald's method is larger ({(wald.Value is { } other ? $"{other:0.####} {outcome.Unit}" : wald.Reason)}); accept by the larger of the two, for with {outcome.Targets} targets that by the likelihood ratio is right in somewhat less than 95 of 100 studies";
        }

        if (above is { Lower: < 0.9 })
        {
            yield return $"that 90 % is reached rests on the form of the curve: from the a90/95 on there are {above.Targets} targets, of which {above.Hits} were found, which by themselves show {above.Lower:0 %} (29 of 29 would show 90 %)";
        }
    }
}
