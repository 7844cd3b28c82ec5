using System.Globalization;

namespace Chitti.Registration.Tests;

/// <summary>The distribution of fits, for the figures of ADR 18.</summary>
internal static class Figures
{
    public static string Of(IReadOnlyCollection<RegistrationOutcome> outcomes)
    {
        var fits = outcomes.Select(outcome => outcome.Alignment?.Fit ?? outcome.Refusal!.BestFit).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count(outcome => outcome.IsRegistered)} of {fits.Length} recognised, fit min {fits[0]:0.00}, median {fits[fits.Length / 2]:0.00}, max {fits[^1]:0.00}");
    }
}
