using Chitti.Domain;
using Chitti.Evaluation;

namespace Chitti.Standalone;

/// <summary>The agreement with inspectors on the console: a line per rater, and what is in no figure.</summary>
internal static class AgreementConsole
{
    private const int MaxNamed = 5;

    public static void Write(AgreementFigures agreement)
    {
        EvaluateConsole.Line($"agreement  {agreement.Parts.Count} parts rated by {agreement.Inspectors.Count} inspectors and the model ({agreement.Path})");
        if (agreement.NotEvaluated.Count > 0)
        {
            EvaluateConsole.Line($"note: {agreement.NotEvaluated.Count} rated parts were not evaluated and are in no figure: {Some(agreement.NotEvaluated.Select(part => $"{part.Part} ({part.Reason})"), agreement.NotEvaluated.Count)}");
        }

        if (agreement.NotRated.Count > 0)
        {
            EvaluateConsole.Line($"note: {agreement.NotRated.Count} evaluated pictures were not rated: {Some(agreement.NotRated.Select(Path.GetFileName), agreement.NotRated.Count)}");
        }

        if (agreement.Result is not { } result)
        {
            EvaluateConsole.Line($"  no figures: {agreement.Reason}");
            return;
        }

        foreach (var rater in result.Raters.OrderBy(rater => rater.Rater != RatingsFile.Model))
        {
            EvaluateConsole.Line($"  {rater.Rater,-16} effectiveness {Text(rater.Effectiveness)}, misses {Text(rater.MissRate)}, false alarms {Text(rater.FalseAlarmRate)}, kappa with the reference {Text(rater.KappaWithReference)}");
        }

        var pairs = result.Pairs.Where(pair => pair.Rater == RatingsFile.Model || pair.Other == RatingsFile.Model).ToList();
        EvaluateConsole.Line($"  Cohen's kappa of the model with {Some(pairs.Select(pair => $"{(pair.Rater == RatingsFile.Model ? pair.Other : pair.Rater)} {Text(pair.Kappa)}"), pairs.Count)}");
        EvaluateConsole.Line($"  Fleiss' kappa {Text(result.FleissKappa)}; of the inspectors alone {Text(agreement.InspectorsKappa)}");
        foreach (var remark in result.Remarks)
        {
            EvaluateConsole.Line($"  note: {remark}");
        }

        EvaluateConsole.Line($"  limits: effectiveness {AgreementLimits.Effectiveness.Text}; misses {AgreementLimits.MissRate.Text}; false alarms {AgreementLimits.FalseAlarmRate.Text}; kappa {AgreementLimits.Kappa.Text}");
    }

    private static string Some(IEnumerable<string?> names, int count) => string.Join(", ", names.Take(MaxNamed)) + (count > MaxNamed ? EvaluateConsole.Invariant($" and {count - MaxNamed} more") : "");

    private static string Text(AgreementShare share) => share.Proportion.Share is { } value
        ? EvaluateConsole.Invariant($"{value:0.0%} ({ApiJson.Word(share.Judgement!.Value)})")
        : $"not measured ({share.Reason})";

    private static string Text(AgreementKappa kappa) => kappa.Value is { } value
        ? EvaluateConsole.Invariant($"{value:0.00} ({ApiJson.Word(kappa.Judgement!.Value)})")
        : $"not defined ({kappa.Reason})";
}
