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

        Line($"escapes    {Text(verdicts.WorkingPoint.Escapes, $"bad parts pass", "no bad parts were given, so escapes were not measured")}");
        Line($"overkill   {Text(verdicts.WorkingPoint.Overkill, $"good parts do not pass, {verdicts.GoodFails.Count} of them fail", "no good parts were given, so overkill was not measured")}");
        Line($"review     {Text(verdicts.WorkingPoint.Reviews, $"parts need a person", "no parts were given")}");
        Line($"missed     {Text(verdicts.MissedDefects, $"defects are neither rejected nor reviewed", "no defects were given, so missed ones were not measured")}");
        Line($"detection  {(detection.Map50 is null ? "no defects were given, so it was not measured" : Invariant($"mAP@0.5 {detection.Map50:0.00%}, mAP@0.5:0.95 {detection.Map:0.00%}"))}");
        if (detection.DeepPcb is { Map: { } map, AtConfidence: var at })
        {
            Line($"DeepPCB    mAP {map:0.00%} by the benchmark's own rules (IoU above {detection.DeepPcb.AboveIou:0.##}), F {at.F:0.00%} from confidence {at.Confidence:0.00##} on (best {detection.DeepPcb.BestF.F:0.00%} from {detection.DeepPcb.BestF.Confidence:0.00})");
        }

        foreach (var one in detection.Classes.Where(one => one.Truths > 0))
        {
            Line($"  {one.Class,-16} {one.Truths,5} defects, AP@0.5 {one.Ap50:0.0%}, at review: precision {one.AtReview?.Precision:0.0%}, recall {one.AtReview?.Recall:0.0%}, F {one.AtReview?.F:0.0%}");
        }

        PodConsole.Write(result.Pod);
        if (result.Agreement is { } agreement)
        {
            AgreementConsole.Write(agreement);
        }

        if (verdicts.Suggestion is { } suggestion)
        {
            Line($"for at most {suggestion.MaxEscapes:0.##%} escapes: {(suggestion.Verdicts is { } found ? $"thresholds moved by {found.Shift.ToString("+0.00;-0.00;0", CultureInfo.InvariantCulture)}, overkill {found.Overkill.Count} of {found.Overkill.Of}, review {found.Reviews.Count} of {found.Reviews.Of}. " : "")}{suggestion.Statement}");
        }

        Line($"Figures in {Path.Combine(outputFolder, EvaluationWriter.JsonName)}, report {Path.Combine(outputFolder, EvaluationWriter.PdfName)}");
    }

    public static void Line(FormattableString text) => Console.WriteLine(Invariant(text));

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(Proportion proportion, FormattableString what, string ofNone) => proportion.Share is { } share
        ? Invariant($"{proportion.Count} of {proportion.Of} ({share:0.0%}, 95 % range {proportion.Lower:0.0%} to {proportion.Upper:0.0%}) {Invariant(what)}")
        : ofNone;
}
