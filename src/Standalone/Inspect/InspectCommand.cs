using System.CommandLine;
using Chitti.Grains.Abstractions;

namespace Chitti.Standalone;

/// <summary>The verb that does the whole job without a server.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("image|folder")
        {
            Description = "Images, and folders of images, to inspect.",
            Arity = ArgumentArity.OneOrMore,
        };
        var profile = new Option<FileInfo?>("--profile") { Description = "Profile (JSON) to judge by; the one shipped with the model by default." };
        var model = new Option<FileInfo?>("--model") { Description = "Model (ONNX, with its manifest beside it); the shipped one by default." };
        var confidence = new Option<float?>("--confidence") { Description = "Confidence (0..1) to record and reject from, in place of the profile's." };
        var iou = new Option<float?>("--iou") { Description = "IoU (0..1) above which two boxes are one, in place of the profile's." };
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder for results.json, annotated images and the report.",
            DefaultValueFactory = _ => new DirectoryInfo("out"),
        };
        var report = new Option<ReportFormat>("--report")
        {
            Description = "Form of the report: pdf, json or csv.",
            DefaultValueFactory = _ => ReportFormat.Pdf,
        };
        foreach (var fraction in new[] { confidence, iou })
        {
            fraction.Validators.Add(result =>
            {
                if (result.GetValue(fraction) is { } value && !(value is >= 0 and <= 1))
                {
                    result.AddError($"{fraction.Name} is {value}; 0 to 1 is allowed.");
                }
            });
        }

        var command = new Command("inspect", "Inspects images and writes verdicts, annotated images and a report. Exit code: 0 all pass, 1 something failed or needs review, 2 could not run.")
        {
            inputs, profile, model, confidence, iou, output, report,
        };
        command.SetAction((parsed, cancellationToken) => new InspectRun(
            parsed.GetValue(inputs)!,
            parsed.GetValue(profile)?.FullName,
            parsed.GetValue(model)?.FullName,
            parsed.GetValue(confidence),
            parsed.GetValue(iou),
            parsed.GetValue(output)!.FullName,
            parsed.GetValue(report)).RunAsync(cancellationToken));
        return command;
    }
}
