using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Evaluation;

/// <summary>The rows of the tables about agreement: a row per figure, and a row per part, whether it is in the figures or not.</summary>
internal static class AgreementTables
{
    public static readonly string[] Header =
        ["figure", "rater", "other_rater", "count", "of", "value", "lower", "upper", "standard_error", "judgement", "limits", "reason"];

    public static readonly string[] PartsHeader = ["part", "file", "reference", "model", "inspectors_pass", "inspectors_fail", "inspectors_review", "note"];

    public static IEnumerable<Action<CsvCells>> Rows(AgreementFigures agreement)
    {
        foreach (var rater in agreement.Result?.Raters ?? [])
        {
            yield return Share("effectiveness", rater.Rater, null, rater.Effectiveness);
            yield return Share("miss_rate", rater.Rater, null, rater.MissRate);
            yield return Share("false_alarm_rate", rater.Rater, null, rater.FalseAlarmRate);
            yield return Share("within_rater", rater.Rater, null, rater.WithinRater);
            yield return Kappa("kappa_with_reference", rater.Rater, null, rater.KappaWithReference);
        }

        foreach (var pair in agreement.Result?.Pairs ?? [])
        {
            yield return Share("same_rating", pair.Rater, pair.Other, pair.Same);
            yield return Kappa("cohen_kappa", pair.Rater, pair.Other, pair.Kappa);
        }

        if (agreement.Result is { } result)
        {
            yield return Share("between_raters", null, null, result.BetweenRaters);
            yield return Share("all_with_reference", null, null, result.AllWithReference);
            yield return Kappa("fleiss_kappa", null, null, result.FleissKappa);
        }

        yield return Kappa("fleiss_kappa_of_inspectors", null, null, agreement.InspectorsKappa);
    }

    public static IEnumerable<Action<CsvCells>> Parts(AgreementFigures agreement) =>
    [
        .. agreement.Parts.Select(part => (Action<CsvCells>)(cells => cells
            .Text(part.Part).Text(part.File).Text(ApiJson.Word(part.Reference)).Text(ApiJson.Word(part.Model)).Value(part.Pass).Value(part.Fail).Value(part.Review).Text(null))),
        .. agreement.NotEvaluated.Select(part => (Action<CsvCells>)(cells => cells
            .Text(part.Part).Text(null).Text(null).Text(null).Text(null).Text(null).Text(null).Text($"not evaluated, in no figure: {part.Reason}"))),
        .. agreement.NotRated.Select(file => (Action<CsvCells>)(cells => cells
            .Text(null).Text(file).Text(null).Text(null).Text(null).Text(null).Text(null).Text("not rated, in no figure"))),
    ];

    private static Action<CsvCells> Share(string figure, string? rater, string? other, AgreementShare share) => cells =>
    {
        var (proportion, none) = (share.Proportion, share.Proportion.Share is null);
        cells.Text(figure).Text(rater).Text(other).Value(none ? null : proportion.Count).Value(none ? null : proportion.Of).Value(proportion.Share)
            .Value(none ? null : proportion.Lower).Value(none ? null : proportion.Upper).Value(null).Text(Word(share.Judgement)).Text(share.Limits?.Text).Text(share.Reason);
    };

    private static Action<CsvCells> Kappa(string figure, string? rater, string? other, AgreementKappa kappa) => cells => cells
        .Text(figure).Text(rater).Text(other).Value(null).Value(null).Value(kappa.Value).Value(null).Value(null).Value(kappa.StandardError)
        .Text(Word(kappa.Judgement)).Text(kappa.Limits.Text).Text(kappa.Reason);

    private static string? Word(AgreementJudgement? judgement) => judgement is { } given ? ApiJson.Word(given) : null;
}
