using Chitti.Domain;
using Chitti.Evaluation;

namespace Chitti.Standalone;

/// <summary>One run of the command <c>evaluate</c>.</summary>
internal sealed class EvaluateRun(
    string truthPath,
    string? pictures,
    IReadOnlyDictionary<string, string> renamed,
    IReadOnlyCollection<string> ignored,
    string? profilePath,
    string? modelPath,
    string? referencePath,
    EvaluationOptions options,
    string outputFolder,
    string? ratingsPath = null)
{
    private const int Complete = 0;
    private const int Incomplete = 1;

    public Task<int> RunAsync(CancellationToken cancellationToken) => InspectionSetup.RunAsync("evaluate", () => EvaluateAsync(cancellationToken));

    private async Task<int> EvaluateAsync(CancellationToken cancellationToken)
    {
        // Read first: their faults should not wait for the model.
        var read = TruthReader.Read(truthPath, pictures);
        if (options.DeepPcbConfidence is not null && read.Format != TruthFormat.DeepPcb)
        {
            throw new TruthException("--deeppcb-confidence", $"is for truth in DeepPCB's format; '{truthPath}' is {ApiJson.Word(read.Format)}");
        }

        var ratings = ratingsPath is null ? null : RatingsFile.Read(ratingsPath);
        var references = referencePath is null ? null : ReferenceFiles.Read(referencePath, outputFolder);
        await using var setup = await InspectionSetup.LoadAsync(profilePath, modelPath, references);
        var truth = ClassChoice.Apply(read, renamed, ignored, setup.Model.Classes);
        var study = ratings is null ? null : AgreementStudy.Match(ratings, truth, setup.Profile.Profile);
        var lowest = Math.Min(options.LowestConfidence, VerdictRule.LowestRecorded(setup.Profile.Profile, setup.Model.Classes));
        var writer = new EvaluationWriter(outputFolder, setup.Fonts.Value, setup.Decoders);
        writer.Begin();

        var observer = new PictureObserver(setup, lowest);
        var observed = await InspectConsole.RunAsync(
            truth.Pictures.Count, index => observer.ObserveAsync(truth.Pictures[index], cancellationToken), LineOf, cancellationToken);
        var result = Evaluator.Evaluate(
            truthPath, truth, observed, setup.Model.Identity, setup.Model.Classes, setup.Profile,
            options with { LowestConfidence = lowest, ModelPixelsPerMillimetre = setup.Model.PixelScale?.PixelsPerMillimetre },
            TimeProvider.System.GetUtcNow(), study);
        await writer.WriteAsync(result, observed, cancellationToken);
        EvaluateConsole.Write(result, outputFolder);
        return result.NotInspected.Count == 0 && result.Agreement is null or { NotEvaluated.Count: 0 } && !(result.Verdicts.WorkingPoint.Escapes.Share > options.MaxEscapes) ? Complete : Incomplete;
    }

    private static string? LineOf(EvaluatedPicture picture) => picture.Error is { } error ? $"{"ERROR",-6}  {picture.Truth.File}  {error}" : null;
}
