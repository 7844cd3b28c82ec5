using Chitti.Domain;
using Chitti.Reports;
using static Chitti.Evaluation.SectionWriter;

namespace Chitti.Evaluation;

/// <summary>The part of the report about the agreement with inspectors.</summary>
internal static class AgreementSection
{
    private const int MaxPairs = 36;
    private const int MaxNamed = 20;

    public static void Write(AgreementFigures agreement, SectionWriter writer)
    {
        writer.Heading("How the model and inspectors agree", 150);
        WriteParts(agreement, writer);
        if (agreement.Result is not { } result)
        {
            writer.Paragraph($"There are no figures: {agreement.Reason}.", TextStyle.Strong);
            return;
        }

        List<Column> columns =
        [
            new("Rater", 64), new("Effectiveness", 88, Right: true), new("Miss rate", 88, Right: true), new("False alarms", 88, Right: true),
            new("Alike in all trials", 88, Right: true), new("Kappa with\nthe reference", Sheet.ContentWidth - 416, Right: true),
        ];
        writer.Table(columns, result.Raters.OrderBy(rater => rater.Rater != RatingsFile.Model).Select(rater => new Cell[]
        {
            rater.Rater == RatingsFile.Model ? Cell.Of(rater.Rater, TextStyle.Strong) : rater.Rater,
            Share(rater.Effectiveness), Share(rater.MissRate), Share(rater.FalseAlarmRate), Share(rater.WithinRater), Kappa(rater.KappaWithReference),
        }));
        writer.Flow.Space(4);
        writer.Paragraph(Text($"All raters alike in all trials: {Share(result.BetweenRaters, ", ")}. All like the reference: {Share(result.AllWithReference, ", ")}. Fleiss' kappa of all ratings: {Kappa(result.FleissKappa, ", ")}; of the inspectors alone: {Kappa(agreement.InspectorsKappa, ", ")}."));
        List<Column> pairColumns = [new("Rater", 80), new("Other rater", 80), new("Same rating", 160, Right: true), new("Cohen's kappa", Sheet.ContentWidth - 320, Right: true)];
        writer.Table(pairColumns, result.Pairs.OrderBy(pair => pair.Rater != RatingsFile.Model && pair.Other != RatingsFile.Model).Take(MaxPairs)
            .Select(pair => new Cell[] { pair.Rater, pair.Other, Share(pair.Same, ", "), Kappa(pair.Kappa, ", ") }));
        writer.Flow.Space(4);
        writer.Paragraph(Limits, TextStyle.Label);
        foreach (var remark in result.Remarks)
        {
            writer.Paragraph($"Note: {remark}.", TextStyle.Label);
        }
    }

    /// <summary>The conventional limits, in one sentence.</summary>
    public static string Limits => $"Effectiveness: {AgreementLimits.Effectiveness.Text}. Miss rate: {AgreementLimits.MissRate.Text}. False alarms: {AgreementLimits.FalseAlarmRate.Text}. Kappa: {AgreementLimits.Kappa.Text}.";

    private static void WriteParts(AgreementFigures agreement, SectionWriter writer)
    {
        writer.Paragraph(Text($"Attribute study (AIAG MSA, 4th edition) of {ReportText.Count(agreement.Parts.Count, "part", "parts")}, which {ReportText.Count(agreement.Inspectors.Count, "inspector", "inspectors")} rated {Trials(agreement)}: {string.Join(", ", agreement.Inspectors.Take(MaxNamed))}{More(agreement.Inspectors.Count)}. Ratings: {agreement.Path}. A review stops a part, and is never like the reference. The model's one verdict on each part stands for all trials."));
        foreach (var part in agreement.NotEvaluated.Take(MaxNamed))
        {
            writer.Paragraph(Text($"Rated, but not evaluated, and in no figure: {part.Part} (line {part.Line}): {part.Reason}"), TextStyle.Label);
        }

        if (agreement.NotEvaluated.Count > MaxNamed)
        {
            writer.Paragraph(Text($"… and {agreement.NotEvaluated.Count - MaxNamed} more rated parts that were not evaluated."), TextStyle.Label);
        }

        if (agreement.NotRated.Count > 0)
        {
            writer.Paragraph(Text($"Evaluated pictures that were not rated, and are in none of these figures: {agreement.NotRated.Count} ({string.Join(", ", agreement.NotRated.Take(MaxNamed).Select(Path.GetFileName))}{More(agreement.NotRated.Count)})."), TextStyle.Label);
        }
    }

    private static string Trials(AgreementFigures agreement) => agreement.Result?.Trials is { } trials and > 1 ? trials == 2 ? "twice" : Text($"{trials} times") : "once";

    private static string More(int count) => count > MaxNamed ? Text($" and {count - MaxNamed} more") : "";

    private static string Share(AgreementShare share, string separator = "\n") => share.Proportion.Share is not { } value ? $"–{separator}{share.Reason}"
        : Text($"{Percent(value)} ({share.Proportion.Count} of {share.Proportion.Of}){separator}{Percent(share.Proportion.Lower)} to {Percent(share.Proportion.Upper)}")
            + (share.Judgement is { } judgement ? $"{separator}{ApiJson.Word(judgement)}" : "");

    private static string Kappa(AgreementKappa kappa, string separator = "\n") => kappa.Value is not { } value ? $"–{separator}{kappa.Reason}"
        : Text($"{value:0.00}{separator}standard error {kappa.StandardError:0.00}") + (kappa.Judgement is { } judgement ? $"{separator}{ApiJson.Word(judgement)}" : "");
}
