using Chitti.Detection;
using Chitti.Domain;
using Chitti.Gateway;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.Reports;
using Chitti.ServiceDefaults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>One run of the command <c>inspect</c>.</summary>
internal sealed class InspectRun(
    IReadOnlyList<string> inputs,
    string? profilePath,
    string? modelPath,
    float? confidence,
    float? iou,
    string? tiles,
    string outputFolder,
    ReportFormat reportFormat)
{
    private const int AllPass = 0;
    private const int NotAllPass = 1;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InspectAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ModelFaultException or ProfileFileException)
        {
            return await ReportCouldNotRunAsync(exception.Message);
        }
        catch (Exception exception) when (StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            return await ReportCouldNotRunAsync(string.Join("; ", faults));
        }
    }

    private static async Task<int> ReportCouldNotRunAsync(string reason)
    {
        await Console.Error.WriteLineAsync($"chitti inspect could not run: {reason}");
        return HostProgram.CouldNotRun;
    }

    private async Task<int> InspectAsync(CancellationToken cancellationToken)
    {
        var found = InputFiles.Find(inputs, outputFolder);
        var files = found.Files;
        if (files.Count == 0)
        {
            InspectConsole.WriteSkipped(found.Skipped);
            throw new IOException($"There is no image (JPEG, PNG, WebP, BMP, TIFF) in: {string.Join(", ", inputs)}.");
        }

        await using var services = CommandServices.Create();
        var models = services.GetRequiredService<IOptions<ModelOptions>>().Value;
        var model = modelPath is null ? ModelFolder.Load(models.ModelsPath, models.DefaultModel).Default : ModelFolder.LoadOne(modelPath);
        var shelf = new ModelShelf([model], model.Description.Id);
        var profile = ProfileFor(model);
        var overrides = (confidence, iou, tiles) is (null, null, null) ? null : new DetectionOverrides(confidence, iou, tiles);
        var fonts = services.GetRequiredService<Lazy<FontFaces>>();
        _ = fonts.Value;
        var annotated = Directory.CreateDirectory(Path.Combine(outputFolder, ResultsFile.AnnotatedFolder)).FullName;

        var decoders = services.GetRequiredService<ImageDecoders>();
        await using var engines = new DetectionEngines(shelf, entry => new CpuDetectionEngine(entry.Model, new()
        {
            Sessions = services.GetRequiredService<IOptions<DetectorOptions>>().Value.Sessions,
            Limits = decoders.Limits,
            Budget = services.GetRequiredService<PixelBudget>(),
        }));

        // If the model can't be loaded, the run ends here, instead of failing for every file.
        await engines.GetOrLoadAsync(model.Description.Id)!;
        var maxFileBytes = services.GetRequiredService<IOptions<LimitOptions>>().Value.MaxUploadBytes;
        var inspector = new FileInspector(
            new Inspector(shelf, engines, TimeProvider.System, NullLogger<Inspector>.Instance), profile, overrides, decoders, maxFileBytes, fonts);
        var names = OutputNames.Of(files);
        var report = $"report.{ApiJson.Word(reportFormat)}";
        var results = new ResultsFile(outputFolder, report, found.Skipped);
        await results.BeginAsync(files, names, cancellationToken);
        var inspected = await InspectConsole.RunAsync(
            files,
            names,
            (file, name) => inspector.InspectAsync(file, Path.Combine(annotated, name), cancellationToken),
            cancellationToken);

        var document = InspectReport.Of(inspected, profile.Profile, TimeProvider.System.GetUtcNow());
        var summary = ReportSummary.From(inspected.Select(file => file.Inspection));
        await results.WriteAsync(inspected, names, cancellationToken);
        var reportPath = Path.Combine(outputFolder, report);
        await using (var stream = File.Create(reportPath))
        {
            await new ReportWriter(fonts, decoders).WriteAsync(document, reportFormat, stream, cancellationToken);
        }

        InspectConsole.WriteSkipped(found.Skipped);
        InspectConsole.WriteSummary(summary, outputFolder, reportPath);
        return summary.Pass == summary.Files ? AllPass : NotAllPass;
    }

    private ProfileVersion ProfileFor(ModelEntry model)
    {
        var profile = (profilePath ?? model.ProfilePath) is { } path
            ? ProfileFile.Read(path, (read, unread) => ProfileErrors.Find(Fit(read), Find(Fit(read).ModelId), [model.Description.Id], unread))
            : ModelFolder.ProfileOfAnyDefect(model.Description);
        var id = profilePath is null ? model.Description.Id : Path.GetFileNameWithoutExtension(profilePath);
        return new() { Reference = new(id, 1), CreatedAt = TimeProvider.System.GetUtcNow(), Profile = Fit(profile) };

        ComponentProfile Fit(ComponentProfile read) => modelPath is null ? read : read with { ModelId = model.Description.Id };

        ModelSnapshot? Find(string modelId) => modelId == model.Description.Id ? model.ToSnapshot() : null;
    }
}
