using System.Globalization;
using Chitti.Domain;
using Chitti.Evaluation;

namespace Chitti.Standalone;

/// <summary>The figures that matter most, on the console.</summary>
internal static class EvaluateConsole
{
    public static void Write(EvaluationResult result, string outputFolder)
    {
        foreach (var line in Lines(result))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine($"Figures in {Path.Combine(outputFolder, EvaluationWriter.JsonName)}, report {Path.Combine(outputFolder, EvaluationWriter.PdfName)}");
    }

    internal static IEnumerable<string> Lines(EvaluationResult result)
    {
        var (truth, verdicts, detection) = (result.Truth, result.Verdicts, result.Detection);
        yield return Invariant($"{truth.Pictures} pictures ({ApiJson.Word(truth.Format)}): {truth.Bad} bad, {truth.Good} good, {result.NotInspected.Count} not inspected, {result.Defects.Count} defects");
        foreach (var note in truth.Notes)
        {
            yield return $"note: {note}";
        }

        yield return Invariant($"escapes    {Text(verdicts.WorkingPoint.Escapes, $"bad parts pass", "no bad parts were given, so escapes were not measured")}");
        yield return Invariant($"overkill   {Text(verdicts.WorkingPoint.Overkill, $"good parts do not pass, {verdicts.GoodFails.Count} of them fail", "no good parts were given, so overkill was not measured")}");
        yield return Invariant($"review     {Text(verdicts.WorkingPoint.Reviews, $"parts need a person", "no parts were given")}");
        yield return Invariant($"missed     {Text(verdicts.MissedDefects, $"defects are neither rejected nor reviewed", "no defects were given, so missed ones were not measured")}");
        yield return Invariant($"detection  {(detection.Map50 is null ? "no defects were given, so it was not measured" : Invariant($"mAP@0.5 {detection.Map50:0.00%}, mAP@0.5:0.95 {detection.Map:0.00%}"))}");
        if (detection.DeepPcb is { Map: { } map, AtConfidence: var at })
        {
            yield return Invariant($"DeepPCB    mAP {map:0.00%} by the benchmark's own rules (IoU above {detection.DeepPcb.AboveIou:0.##}), F {at.F:0.00%} from confidence {at.Confidence:0.00##} on (best {detection.DeepPcb.BestF.F:0.00%} from {detection.DeepPcb.BestF.Confidence:0.00})");
            if (detection.DeepPcb.PicturesWithoutDefects is > 0 and var good)
            {
                yield return Invariant($"note: the benchmark has no pictures without defects, of which there are {good} here; leave them out to compare with its figures.");
            }
        }

        foreach (var one in detection.Classes.Where(one => one.Truths > 0))
        {
            yield return Invariant($"  {one.Class,-16} {one.Truths,5} defects, AP@0.5 {one.Ap50:0.0%}, {(one.AtReview is { } review ? Invariant($"at review: precision {review.Precision:0.0%}, recall {review.Recall:0.0%}, F {review.F:0.0%}") : "not judged by the profile")}");
        }

        foreach (var line in PodConsole.Lines(result.Pod).Concat(result.Agreement is { } agreement ? AgreementConsole.Lines(agreement) : []))
        {
            yield return line;
        }

        if (verdicts.Suggestion is { } suggestion)
        {
            yield return Invariant($"for at most {suggestion.MaxEscapes:0.##%} escapes: {(suggestion.Verdicts is { } found ? $"thresholds moved by {found.Shift.ToString("+0.00;-0.00;0", CultureInfo.InvariantCulture)}, overkill {found.Overkill.Count} of {found.Overkill.Of}, review {found.Reviews.Count} of {found.Reviews.Of}. " : "")}{suggestion.Statement}");
        }
    }

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Text(Proportion proportion, FormattableString what, string ofNone) => proportion.Share is { } share
        ? Invariant($"{proportion.Count} of {proportion.Of} ({share:0.0%}, 95 % range {proportion.Lower:0.0%} to {proportion.Upper:0.0%}) {Invariant(what)}")
        : ofNone;
}
