using System.CommandLine;
using System.CommandLine.Parsing;

namespace Chitti.Standalone;

/// <summary>The command <c>evaluate</c>, which compares inspections with ground truth.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var truth = new Option<FileSystemInfo>("--truth")
        {
            Description = "Ground truth: a COCO JSON file, or a folder with COCO, YOLO, Pascal VOC or DeepPCB annotations.",
            Required = true,
        };
        var images = new Option<DirectoryInfo?>("--images") { Description = "Folder of the pictures, if they are not where the format puts them." };
        var map = new Option<string[]>("--map")
        {
            Description = "Class of the truth and the model's name for it, such as copper=spurious_copper; may be given several times.",
        };
        map.Validators.Add(CheckPairs);
        var ignore = new Option<string[]>("--ignore") { Description = "Class of the truth whose boxes are left out; may be given several times." };
        var profile = new Option<FileInfo?>("--profile") { Description = "Profile (JSON) to judge by; default: the one shipped with the model." };
        var model = new Option<FileInfo?>("--model") { Description = "Model (ONNX, with its manifest beside it); default: the shipped one." };
        var reference = InspectCommand.Reference();
        var iou = InspectCommand.Fraction("--match-iou", "IoU (0..1) from which a finding counts for a defect; default: 0.5.");
        iou.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<float?>() == 0)
            {
                result.AddError("--match-iou is 0; it must be above 0.");
            }
        });
        var benchmark = InspectCommand.Fraction("--deeppcb-confidence", "Confidence (0..1) from which findings count in the F score of the DeepPCB benchmark; default: 0.5. For truth in its format.");
        var ratings = new Option<FileInfo?>("--ratings")
        {
            Description = "Inspectors' ratings (CSV: part,rater,trial,rating,reference) of the same pictures, to compare the verdicts with.",
        };
        var escapes = InspectCommand.Fraction("--max-escapes", "Share of bad parts (0..1) that may pass; thresholds that keep it are suggested.");
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder for evaluation.json, evaluation.pdf, the tables as CSV and pictures of the worst cases.",
            DefaultValueFactory = _ => new DirectoryInfo("evaluation"),
        };

        var command = new Command("evaluate", "Compares inspections with ground truth: how well defects are found and parts judged. Exit code: 0 if it is complete, 1 if a picture could not be inspected, a rated part is not among them, or more bad parts pass than --max-escapes allows, 2 if the command could not run.")
        {
            truth, images, map, ignore, profile, model, reference, iou, benchmark, ratings, escapes, output,
        };
        command.SetAction((parsed, cancellationToken) => new EvaluateRun(
            parsed.GetValue(truth)!.ToString(),
            parsed.GetValue(images)?.ToString(),
            (parsed.GetValue(map) ?? []).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
            parsed.GetValue(ignore) ?? [],
            parsed.GetValue(profile)?.FullName,
            parsed.GetValue(model)?.FullName,
            parsed.GetValue(reference),
            new() { MatchIou = parsed.GetValue(iou) ?? 0.5, MaxEscapes = parsed.GetValue(escapes), DeepPcbConfidence = parsed.GetValue(benchmark) },
            parsed.GetValue(output)!.ToString(),
            parsed.GetValue(ratings)?.ToString()).RunAsync(cancellationToken));
        return command;
    }

    private static void CheckPairs(OptionResult result)
    {
        var pairs = result.Tokens.Select(token => token.Value).ToList();
        foreach (var pair in pairs.Where(pair => pair.Split('=', 2) is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            result.AddError($"--map is {pair}; CLASS=NAME is needed, such as copper=spurious_copper.");
        }

        foreach (var twice in pairs.CountBy(pair => pair.Split('=', 2)[0], StringComparer.Ordinal).Where(count => count.Value > 1))
        {
            result.AddError($"--map gives class {twice.Key} {twice.Value} names; one is allowed.");
        }
    }
}
