using System.CommandLine;
using System.Globalization;
using Chitti.Domain;

namespace Chitti.Standalone;

/// <summary>The command <c>inspect</c>, which runs without a server.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("image|folder")
        {
            Description = "Images and folders of images to inspect.",
            Arity = ArgumentArity.OneOrMore,
        };
        var profile = new Option<FileInfo?>("--profile") { Description = "Profile (JSON) to judge by; default: the one shipped with the model." };
        var model = new Option<FileInfo?>("--model") { Description = "Model (ONNX, with its manifest beside it); default: the shipped one." };
        var reference = Reference();
        var confidence = Fraction("--confidence", "Confidence (0..1) from which an indication is recorded and rejected, instead of the profile's.");
        var iou = Fraction("--iou", "IoU (0..1) above which two boxes count as one, instead of the profile's.");
        var tiles = Tiles("Whether images are inspected in parts: auto, off, or columns and rows such as 4x3, instead of the profile's.");
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder for results.json, annotated images and the report.",
            DefaultValueFactory = _ => new DirectoryInfo("out"),
        };
        var report = new Option<string>("--report")
        {
            Description = "Format of the report: pdf, json or csv.",
            DefaultValueFactory = _ => ApiJson.Word(ReportFormat.Pdf),
        };
        report.AcceptOnlyFromAmong([.. Enum.GetValues<ReportFormat>().Select(ApiJson.Word)]);

        var command = new Command("inspect", "Inspects images and writes verdicts, annotated images and a report. Exit code: 0 if all pass, 1 if any image fails, needs review or can't be read, 2 if the command could not run.")
        {
            inputs, profile, model, reference, confidence, iou, tiles, output, report,
        };
        command.SetAction((parsed, cancellationToken) => new InspectRun(
            parsed.GetValue(inputs)!,
            parsed.GetValue(profile)?.FullName,
            parsed.GetValue(model)?.FullName,
            parsed.GetValue(reference),
            parsed.GetValue(confidence),
            parsed.GetValue(iou),
            parsed.GetValue(tiles),
            parsed.GetValue(output)!.ToString(),
            Enum.Parse<ReportFormat>(parsed.GetValue(report)!, ignoreCase: true)).RunAsync(cancellationToken));
        return command;
    }

    internal static Option<string?> Reference() => new("--reference")
    {
        Description = "Picture of a good part, or folder of them: of a folder the one of the same name as the image, else the best fitting of up to 8.",
    };

    internal static Option<string?> Tiles(string description)
    {
        var tiles = new Option<string?>("--tiles") { Description = description };
        tiles.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Tiling.Parse(text) is null)
            {
                result.AddError($"--tiles is {text}; {Tiling.Rule}.");
            }
        });
        return tiles;
    }

    // A custom parser, because the library's message for text that is not a number names a .NET type.
    internal static Option<float?> Fraction(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1)
            {
                return value;
            }

            result.AddError($"{name} is {text}; it must be a number from 0 to 1.");
            return null;
        },
    };
}
