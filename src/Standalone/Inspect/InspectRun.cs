using Chitti.Domain;
using Chitti.Reports;

namespace Chitti.Standalone;

/// <summary>One run of the command <c>inspect</c>.</summary>
internal sealed class InspectRun(
    IReadOnlyList<string> inputs,
    string? profilePath,
    string? modelPath,
    string? referencePath,
    float? confidence,
    float? iou,
    string? tiles,
    string outputFolder,
    ReportFormat reportFormat)
{
    private const int AllPass = 0;
    private const int NotAllPass = 1;

    public Task<int> RunAsync(CancellationToken cancellationToken) => InspectionSetup.RunAsync("inspect", () => InspectAsync(cancellationToken));

    private async Task<int> InspectAsync(CancellationToken cancellationToken)
    {
        var found = InputFiles.Find(inputs, outputFolder, referencePath);
        var files = found.Files;
        if (files.Count == 0)
        {
            InspectConsole.WriteSkipped(found.Skipped);
            throw new IOException($"There is no image (JPEG, PNG, WebP, BMP, TIFF) in: {string.Join(", ", inputs)}.");
        }

        var references = referencePath is null ? null : ReferenceFiles.Read(referencePath, outputFolder);
        await using var setup = await InspectionSetup.LoadAsync(profilePath, modelPath, references);
        var overrides = (confidence, iou, tiles) is (null, null, null) ? null : new DetectionOverrides(confidence, iou, tiles);
        var (profile, fonts, decoders) = (setup.Profile, setup.Fonts, setup.Decoders);
        var annotated = Directory.CreateDirectory(Path.Combine(outputFolder, ResultsFile.AnnotatedFolder)).FullName;
        var inspector = new FileInspector(setup.Inspector, setup.ProfileFor, overrides, decoders, setup.MaxFileBytes, fonts);
        var names = OutputNames.Of(files);
        var report = $"report.{ApiJson.Word(reportFormat)}";
        var results = new ResultsFile(outputFolder, report, found.Skipped);
        await results.BeginAsync(files, names, cancellationToken);
        var inspected = await InspectConsole.RunAsync(
            files.Count,
            index => inspector.InspectAsync(files[index], Path.Combine(annotated, names[index]), cancellationToken),
            InspectConsole.Line,
            cancellationToken);

        var document = InspectReport.Of(inspected, profile.Profile, references, TimeProvider.System.GetUtcNow());
        var summary = ReportSummary.From(inspected.Select(file => file.Inspection));
        await results.WriteAsync(inspected, names, cancellationToken);
        var reportPath = Path.Combine(outputFolder, report);
        await using (var stream = File.Create(reportPath))
        {
            await new ReportWriter(fonts, decoders).WriteAsync(document, reportFormat, stream, cancellationToken);
        }

        InspectConsole.WriteSkipped(found.Skipped);
        InspectConsole.WriteNote(TrainingNotes.Of(setup.Model.Knowledge));
        InspectConsole.WriteSummary(summary, outputFolder, reportPath);
        return summary.Pass == summary.Files ? AllPass : NotAllPass;
    }
}
