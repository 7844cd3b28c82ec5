using Chitti.Detection;
using Chitti.Domain;
using Chitti.Evaluation;
using Chitti.Gateway;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Inference;
using Chitti.ServiceDefaults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>What a command needs to inspect without a server: model, profile, engine, and the limits and fonts of the settings.</summary>
internal sealed class InspectionSetup : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DetectionEngines _engines;
    private readonly ReferenceFiles? _references;
    private readonly ReferenceCache _cache;

    private InspectionSetup(ServiceProvider services, ModelEntry model, ProfileVersion profile, ReferenceFiles? references)
    {
        _services = services;
        _references = references;
        Model = model.Description;
        Profile = profile;
        Fonts = services.GetRequiredService<Lazy<FontFaces>>();
        Decoders = services.GetRequiredService<ImageDecoders>();
        MaxFileBytes = services.GetRequiredService<IOptions<LimitOptions>>().Value.MaxUploadBytes;
        var shelf = new ModelShelf([model], model.Description.Id);
        _engines = new DetectionEngines(shelf, entry => new CpuDetectionEngine(entry.Model, new()
        {
            Sessions = services.GetRequiredService<IOptions<DetectorOptions>>().Value.Sessions,
            Limits = Decoders.Limits,
            Budget = services.GetRequiredService<PixelBudget>(),
        }));
        _cache = new ReferenceCache(
            (IReferenceSource?)references ?? new NoReferences(), Decoders, services.GetRequiredService<IOptions<DetectorOptions>>());
        Inspector = new(shelf, _engines, _cache, TimeProvider.System, NullLogger<Inspector>.Instance);
    }

    public ModelDescription Model { get; }

    public ProfileVersion Profile { get; }

    public Inspector Inspector { get; }

    public ImageDecoders Decoders { get; }

    public Lazy<FontFaces> Fonts { get; }

    public long MaxFileBytes { get; }

    /// <param name="profilePath">Profile to judge by; null for the one shipped with the model.</param>
    /// <param name="modelPath">Model to run; null for the default one, or with references for the one that compares instead of it.</param>
    /// <param name="references">Pictures of good parts; null for none.</param>
    /// <exception cref="ModelFaultException">The model can't be used.</exception>
    /// <exception cref="ProfileFileException">The profile can't be used.</exception>
    public static async Task<InspectionSetup> LoadAsync(string? profilePath, string? modelPath, ReferenceFiles? references)
    {
        var services = CommandServices.Create();
        try
        {
            var (model, shippedProfile) = FindModel(services.GetRequiredService<IOptions<ModelOptions>>().Value, modelPath, references is not null);
            var setup = new InspectionSetup(services, model, ProfileFor(model, profilePath, shippedProfile, modelPath is not null, references), references);

            _ = setup.Fonts.Value;

            // If the model can't be loaded, the run ends here, instead of failing for every file.
            await setup._engines.GetOrLoadAsync(model.Description.Id)!;
            return setup;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>For a model alone, without a profile.</summary>
    /// <param name="model">The model.</param>
    /// <param name="references">Pictures of good parts; null for none.</param>
    public static InspectionSetup For(ModelEntry model, ReferenceFiles? references)
    {
        var services = CommandServices.Create();
        try
        {
            return new(services, model, ProfileFor(model, null, null, modelNamed: true, references), references);
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }

    /// <summary>Shows a picture to the model without judging it.</summary>
    /// <returns>The outcome, or why there is none.</returns>
    public async Task<(DetectionOutcome? Outcome, string? Fault)> LookAsync(
        ReadOnlyMemory<byte> image, ProfileVersion profile, Tiling tiling, CancellationToken cancellationToken)
    {
        var engine = await _engines.GetOrLoadAsync(Model.Id)!;
        try
        {
            var options = new DetectionOptions
            {
                KeepLookedAt = true,
                Tiling = tiling,
                References = await _cache.GetAsync(profile.Profile.References, cancellationToken),
            };
            return (await engine.DetectAsync(image, options, cancellationToken), null);
        }
        catch (ReferenceException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>The profile for one file, with its references.</summary>
    /// <returns>The profile, or why there is none.</returns>
    public (ProfileVersion? Profile, string? Fault) ProfileFor(string file)
    {
        if (_references is null)
        {
            return (Profile, null);
        }

        var (found, fault) = _references.For(file);
        return fault is null ? (Profile with { Profile = Profile.Profile with { References = found } }, null) : (null, fault);
    }

    /// <summary>Runs a command, and says what it could not run for.</summary>
    /// <param name="verb">The command.</param>
    /// <param name="run">Returns the exit code.</param>
    public static async Task<int> RunAsync(string verb, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is ModelFaultException or ProfileFileException or TruthException)
        {
            return await ReportCouldNotRunAsync(verb, exception.Message);
        }
        catch (Exception exception) when (StartFaults.Find(exception) is { Count: > 0 } faults)
        {
            return await ReportCouldNotRunAsync(verb, string.Join("; ", faults));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engines.DisposeAsync();
        _cache.Dispose();
        await _services.DisposeAsync();
    }

    private static async Task<int> ReportCouldNotRunAsync(string verb, string reason)
    {
        await Console.Error.WriteLineAsync($"chitti {verb} could not run: {reason}");
        return HostProgram.CouldNotRun;
    }

    /// <returns>The model, and the profile that is shipped with it or with the model that it replaces.</returns>
    private static (ModelEntry Model, string? ProfilePath) FindModel(ModelOptions options, string? modelPath, bool compare)
    {
        if (modelPath is not null)
        {
            var named = ModelFolder.LoadOne(modelPath);
            return (named, named.ProfilePath);
        }

        var shelf = ModelFolder.Load(options.ModelsPath, options.DefaultModel);
        var model = (compare ? shelf.FindComparing(options.DefaultModel) : null) ?? shelf.Default;
        return (model, model.ProfilePath ?? shelf.Default.ProfilePath);
    }

    private static ProfileVersion ProfileFor(ModelEntry model, string? profilePath, string? shippedPath, bool modelNamed, ReferenceFiles? references)
    {
        var profile = (profilePath ?? shippedPath) is { } path
            ? ProfileFile.Read(path, (read, unread) => ProfileErrors.Find(Fit(read), Find(Fit(read).ModelId), [model.Description.Id], unread))
            : ModelFolder.ProfileOfAnyDefect(model.Description);
        var id = profilePath is not null ? Path.GetFileNameWithoutExtension(profilePath)
            : model.ProfilePath is null && shippedPath is not null ? model.Description.Replaces! : model.Description.Id;
        return new() { Reference = new(id, 1), CreatedAt = TimeProvider.System.GetUtcNow(), Profile = Fit(profile) };

        ComponentProfile Fit(ComponentProfile read) => read with
        {
            ModelId = modelNamed || read.ModelId == model.Description.Replaces ? model.Description.Id : read.ModelId,
            References = references?.First ?? read.References,
        };

        ModelSnapshot? Find(string modelId) => modelId == model.Description.Id ? model.ToSnapshot() : null;
    }
}
