using Chitti.Domain;
using Chitti.Evaluation;
using static Chitti.Standalone.EvaluateConsole;

namespace Chitti.Standalone;

/// <summary>The agreement with inspectors on the console: a line per rater, and what is in no figure.</summary>
internal static class AgreementConsole
{
    private const int MaxNamed = 5;

    public static IEnumerable<string> Lines(AgreementFigures agreement)
    {
        yield return Invariant($"agreement  parts: {agreement.Parts.Count}, raters: the model, {Some(agreement.Inspectors, agreement.Inspectors.Count)} ({agreement.Path})");
        if (agreement.NotEvaluated.Count > 0)
        {
            yield return Invariant($"note: rated, but not evaluated, and in no figure: {agreement.NotEvaluated.Count} ({Some(agreement.NotEvaluated.Select(part => $"{part.Part}: {part.Reason}"), agreement.NotEvaluated.Count)})");
        }

        if (agreement.NotRated.Count > 0)
        {
            yield return Invariant($"note: evaluated, but not rated: {agreement.NotRated.Count} ({Some(agreement.NotRated.Select(Path.GetFileName), agreement.NotRated.Count)})");
        }

        if (agreement.Result is not { } result)
        {
            yield return Invariant($"  no figures: {agreement.Reason}");
            yield break;
        }

        foreach (var rater in result.Raters.OrderBy(rater => rater.Rater != RatingsFile.Model))
        {
            yield return Invariant($"  {rater.Rater,-16} effectiveness {Text(rater.Effectiveness)}, misses {Text(rater.MissRate)}, false alarms {Text(rater.FalseAlarmRate)}, kappa with the reference {Text(rater.KappaWithReference)}");
        }

        var pairs = result.Pairs.Where(pair => pair.Rater == RatingsFile.Model || pair.Other == RatingsFile.Model).ToList();
        yield return Invariant($"  Cohen's kappa of the model with {Some(pairs.Select(pair => $"{(pair.Rater == RatingsFile.Model ? pair.Other : pair.Rater)} {Text(pair.Kappa)}"), pairs.Count)}");
        yield return Invariant($"  Fleiss' kappa {Text(result.FleissKappa)}; of the inspectors alone {Text(agreement.InspectorsKappa)}");
        foreach (var remark in result.Remarks)
        {
            yield return Invariant($"  note: {remark}");
        }

        yield return Invariant($"  limits: effectiveness {AgreementLimits.Effectiveness.Text}; misses {AgreementLimits.MissRate.Text}; false alarms {AgreementLimits.FalseAlarmRate.Text}; kappa {AgreementLimits.Kappa.Text}");
    }

    private static string Some(IEnumerable<string?> names, int count) => string.Join(", ", names.Take(MaxNamed)) + (count > MaxNamed ? Invariant($" and {count - MaxNamed} more") : "");

    private static string Text(AgreementShare share) => share.Proportion.Share is { } value
        ? Invariant($"{value:0.0%} ({ApiJson.Word(share.Judgement!.Value)})")
        : $"not measured ({share.Reason})";

    private static string Text(AgreementKappa kappa) => kappa.Value is { } value
        ? Invariant($"{value:0.00} ({ApiJson.Word(kappa.Judgement!.Value)})")
        : $"not defined ({kappa.Reason})";
}
