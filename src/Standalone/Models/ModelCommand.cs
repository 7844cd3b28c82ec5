using System.CommandLine;

namespace Chitti.Standalone;

/// <summary>The command <c>model</c>, with what is done to models.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "Works on a model's folder.") { Calibrate() };

    private static Command Calibrate()
    {
        var model = new Argument<string>("model") { Description = "The model's folder or ONNX file." };
        var inputs = new Argument<string[]>("image|folder")
        {
            Description = "Pictures as the model was trained on, with and without defects, at least 30; and folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var reference = InspectCommand.Reference();
        var tiles = InspectCommand.Tiles("Whether pictures are shown in parts, as inspections will show them: auto (the default), off, or columns and rows such as 4x3.");
        var command = new Command("calibrate", "Learns from pictures what the model was trained on, so that inspections send other pictures to review, and writes it into the model's folder. Exit code: 0 if it was written, 1 if a picture could not be used, 2 if the command could not run.")
        {
            model, inputs, reference, tiles,
        };
        command.SetAction((parsed, cancellationToken) => new CalibrateRun(
            parsed.GetValue(model)!, parsed.GetValue(inputs)!, parsed.GetValue(reference), parsed.GetValue(tiles)).RunAsync(cancellationToken));
        return command;
    }
}
