using System.Globalization;
using Chitti.Detection;
using Chitti.Domain;
using Chitti.Inference;

namespace Chitti.Standalone;

/// <summary>One run of the command <c>model calibrate</c>.</summary>
internal sealed class CalibrateRun(string modelPath, IReadOnlyList<string> inputs, string? referencePath, string? tiles)
{
    private const int Written = 0;
    private const int NotAllUsed = 1;

    // The same reason for thousands of files would hide the result below.
    private const int MaxLines = 20;

    public Task<int> RunAsync(CancellationToken cancellationToken) => InspectionSetup.RunAsync("model calibrate", () => CalibrateAsync(cancellationToken));

    private async Task<int> CalibrateAsync(CancellationToken cancellationToken)
    {
        var found = InputFiles.Find(inputs, outputFolder: null);
        var model = OnnxModel.LoadWithoutStatistics(modelPath);
        var references = referencePath is null ? null : ReferenceFiles.Read(referencePath, outputFolder: null);
        if (model.Description.NeedsReference && references is null)
        {
            throw new ModelFaultException($"{model.Description.Id} compares with references: give them with --reference.");
        }

        IReadOnlyList<SeenPicture> seen;
        await using (var setup = InspectionSetup.For(new ModelEntry(model, ProfilePath: null), references))
        {
            var files = found.Files;
            var tiling = tiles is null ? Tiling.Auto : Tiling.Parse(tiles)!;
            seen = await InspectConsole.RunAsync(
                files.Count,
                index => PictureViewer.SeeAsync(setup, files[index], tiling, cancellationToken),
                picture => picture.Error is { } error ? $"{"ERROR",-6}  {picture.File}  {error}" : null,
                cancellationToken);
        }

        InspectConsole.WriteSkipped(found.Skipped);
        var used = seen.Where(picture => picture.Error is null).ToList();
        var outcome = TrainingCalibration.Compute(
            [.. used.Select(picture => new TrainingPicture(picture.File, picture.Parts))], model.FeatureChannels);
        if (outcome.Statistics is not { } statistics)
        {
            throw new ModelFaultException($"{outcome.Refusal}. Nothing was written.");
        }

        var written = ModelStatistics.Write(model, statistics);
        Report(model, outcome, used.Count, written);
        return used.Count == seen.Count ? Written : NotAllUsed;
    }

    private static void Report(OnnxModel model, CalibrationOutcome outcome, int used, string written)
    {
        foreach (var (name, fault) in outcome.Outside.Take(MaxLines))
        {
            Console.WriteLine($"{"OUT",-6}  {name}  {fault}");
        }

        var limit = outcome.Statistics!.Features is { } features
            ? string.Create(CultureInfo.InvariantCulture, $"features of {features.Mean.Count} channels, limit {features.Limit:0.#}")
            : "the model has no output \"features\", so the gate is weak: it compares grey levels, edges and plain areas";
        Console.WriteLine($"{model.Description.Id}: {used} pictures used, {outcome.Outside.Count} of them would be outside; {limit}. Written to {written}");
    }
}
