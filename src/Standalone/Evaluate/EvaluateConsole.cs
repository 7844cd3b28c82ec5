using System.Globalization;
using Chitti.Domain;
using Chitti.Evaluation;

namespace Chitti.Standalone;

/// <summary>The figures that matter most, on the console.</summary>
internal static class EvaluateConsole
{
    public static void Write(EvaluationResult result, string outputFolder)
    {
        var (truth, verdicts, detection) = (result.Truth, result.Verdicts, result.Detection);
        Line($"{truth.Pictures} pictures ({ApiJson.Word(truth.Format)}): {truth.Bad} bad, {truth.Good} good, {result.NotInspected.Count} not inspected, {result.Defects.Count} defects");
        foreach (var note in truth.Notes)
        {
            Line($"note: {note}");
        }

        Line($"escapes    {Text(verdicts.WorkingPoint.Escapes)} bad parts pass");
        Line($"overkill   {Text(verdicts.WorkingPoint.Overkill)} good parts do not pass, {verdicts.GoodFails.Count} of them fail");
        Line($"review     {Text(verdicts.WorkingPoint.Reviews)} parts need a person");
        Line($"missed     {Text(verdicts.MissedDefects)} defects are neither rejected nor reviewed");
        Line($"detection  mAP@0.5 {detection.Map50:0.00%}, mAP@0.5:0.95 {detection.Map:0.00%}");
        foreach (var one in detection.Classes.Where(one => one.Truths > 0))
        {
            Line($"  {one.Class,-16} {one.Truths,5} defects, AP@0.5 {one.Ap50:0.0%}, at review: precision {one.AtReview?.Precision:0.0%}, recall {one.AtReview?.Recall:0.0%}, F {one.AtReview?.F:0.0%}");
        }

        if (verdicts.Suggestion is { } suggestion)
        {
            Line($"for at most {suggestion.MaxEscapes:0.##%} escapes: {(suggestion.Verdicts is { } found ? $"thresholds moved by {found.Shift.ToString("+0.00;-0.00;0", CultureInfo.InvariantCulture)}, overkill {found.Overkill.Count} of {found.Overkill.Of}, review {found.Reviews.Count} of {found.Reviews.Of}. " : "")}{suggestion.Statement}");
        }

        Line($"Figures in {Path.Combine(outputFolder, EvaluationWriter.JsonName)}, report {Path.Combine(outputFolder, EvaluationWriter.PdfName)}");
    }

    private static string Text(Proportion proportion) => proportion.Share is { } share
        ? string.Create(CultureInfo.InvariantCulture, $"{proportion.Count} of {proportion.Of} ({share:0.0%}, 95 % range {proportion.Lower:0.0%} to {proportion.Upper:0.0%})")
        : "none of 0";

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
