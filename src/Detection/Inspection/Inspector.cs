using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Inference;
using Microsoft.Extensions.Logging;

namespace Chitti.Detection;

/// <summary>
/// Runs a model on an image and judges what it finds. All inspections are made here: for uploaded files, direct calls and
/// the verb <c>inspect</c>.
/// </summary>
public sealed partial class Inspector(
    ModelShelf shelf, DetectionEngines engines, ReferenceCache references, TimeProvider time, ILogger<Inspector> logger)
{
    /// <summary>Inspects one image.</summary>
    /// <param name="image">The encoded image; must not change until the task ends.</param>
    /// <param name="order">The model, profile and thresholds to use.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting, and gives it up if it is being decoded.</param>
    public async Task<InspectionReply> InspectAsync(
        ReadOnlyMemory<byte> image, InspectionOrder order, CancellationToken cancellationToken)
    {
        // Judging continues on the engine's completion thread, not in a grain's turn.
        var (seen, refusal) = await RunAsync(image, order, null, cancellationToken).ConfigureAwait(false);
        return seen is null ? refusal! : InspectionReply.Of(Judge(seen, order));
    }

    /// <summary>Looks at one image without judging it.</summary>
    /// <param name="image">The encoded image; must not change until the task ends.</param>
    /// <param name="order">The model and profile to use.</param>
    /// <param name="confidence">Lowest confidence of a finding, 0..1; null for the lowest that <see cref="InspectAsync"/> would record.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting, and gives it up if it is being decoded.</param>
    /// <returns>What was seen, or the refusal.</returns>
    public async Task<(Observation? Observation, InspectionReply? Refusal)> ObserveAsync(
        ReadOnlyMemory<byte> image, InspectionOrder order, float? confidence, CancellationToken cancellationToken)
    {
        var (seen, refusal) = await RunAsync(image, order, confidence, cancellationToken).ConfigureAwait(false);
        return (seen?.Observation, refusal);
    }

    private async Task<(Seen? Seen, InspectionReply? Refusal)> RunAsync(
        ReadOnlyMemory<byte> image, InspectionOrder order, float? confidence, CancellationToken cancellationToken)
    {
        if (shelf.Find(order.ModelId)?.Description is not { } model)
        {
            return Refused(
                InspectionStatus.UnknownModel,
                $"There is no model '{order.ModelId}'; existing models: {string.Join(", ", shelf.Models.Select(known => known.Description.Id))}.");
        }

        if (order.ModelOverride is not null && order.Profile.Profile.FindClassesNotIn(model.Classes) is { Count: > 0 } missing)
        {
            return Refused(
                InspectionStatus.UnfitModel,
                $"does not find {string.Join(", ", missing)}, which profile '{order.Profile.Reference.Id}' judges; it finds {string.Join(", ", model.Classes)}");
        }

        if (model.NeedsReference && order.Profile.Profile.References.Count == 0)
        {
            return Refused(
                InspectionStatus.UnfitModel, $"compares with references, and profile '{order.Profile.Reference.Id}' has none");
        }

        if (order.Patience <= TimeSpan.Zero)
        {
            return Refused(InspectionStatus.Busy, "There was no time for this one: it was up before the inspection began.");
        }

        var began = time.GetTimestamp();
        IDetectionEngine engine;
        var loading = engines.GetOrLoadAsync(order.ModelId)!;
        try
        {
            engine = await loading.WaitAsync(order.Patience ?? Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!loading.IsFaulted)
        {
            return Refused(InspectionStatus.Unavailable, $"Model '{order.ModelId}' is still being loaded.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNoEngine(logger, exception, order.ModelId);
            return (null, Unavailable(order));
        }

        try
        {
            var prepared = await references.GetAsync(order.Profile.Profile.References, cancellationToken).ConfigureAwait(false);
            var options = ToOptions(order, model.Classes, confidence) with
            {
                References = prepared,
                Patience = order.Patience - time.GetElapsedTime(began),
            };
            return await engine.DetectAsync(image, options, cancellationToken).ConfigureAwait(false) switch
            {
                { Result: { } result } => (See(result, engine, order), null),
                { Fault: { } fault } => Refused(ToStatus(fault.Kind), fault.Detail),
                { RetryAfter: { } after, Begun: var begun } => (null, TooLate(order.Patience!.Value, begun, after)),
                _ => Refused(InspectionStatus.Busy, "The detector's queue is full."),
            };
        }
        catch (ObjectDisposedException)
        {
            // The detector is stopping; the image is fine.
            return (null, Unavailable(order));
        }
        catch (ReferenceException exception)
        {
            return Refused(InspectionStatus.Failed, exception.Message);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutageException))
        {
            LogEngineFailed(logger, exception, order.Sha256);
            return Refused(InspectionStatus.Failed, $"the engine failed on the image ({exception.GetType().Name})");
        }
    }

    private static Seen See(DetectionResult result, IDetectionEngine engine, InspectionOrder order)
    {
        var observation = new Observation
        {
            // Rounded before judging, so that the verdict follows from the recorded values.
            Findings = [.. result.Findings.Select(finding => Check(finding, engine.Model).Rounded())],
            Classes = engine.Model.Classes,
            Image = new(result.ImageWidth, result.ImageHeight, order.Sha256),
            Quality = result.Quality,
            Gates = Gates.Of(result, engine.Model, order.Profile.Profile.Registration, order.Sha256),
            Tiles = result.Tiles,
        };
        return new(observation, result, engine);
    }

    private Inspection Judge(Seen seen, InspectionOrder order)
    {
        var (observation, result, engine) = seen;
        var judgement = observation.Judge(order.Profile.Profile, order.Overrides);
        return new()
        {
            Verdict = judgement.Verdict,
            Reason = judgement.Reason,
            DecidedBy = judgement.DecidedBy,
            Indications = judgement.Indications,
            Model = engine.Model.Identity,
            Profile = order.Profile.Reference,
            Overrides = order.Overrides,
            SoftwareVersion = SoftwareVersion.Current,
            Image = observation.Image,
            Timing = result.Timing.Rounded(),
            ExecutionProvider = engine.ExecutionProvider,
            BatchSize = result.BatchSize,
            CreatedAt = time.GetUtcNow(),
            Gates = observation.Gates,
            Coverage = Math.Round(result.Coverage, 4),
            Tiles = result.Tiles,
            TrainingKnowledge = engine.Model.Knowledge,
            Registration = RegistrationOf(result.Reference),
        };
    }

    private static PartRegistration? RegistrationOf(ReferenceMatch? match) => match is null ? null : new()
    {
        ReferenceSha256 = match.Sha256,
        Fit = Math.Round(match.Fit, 4),
        Visible = Math.Round(match.Visible, 4),
        ImageToReference = match.PictureToReference is { } map ? [map.A, map.B, map.C, map.D, map.E, map.F, map.G, map.H] : null,
    };

    private static (Seen? Seen, InspectionReply? Refusal) Refused(InspectionStatus status, string detail) => (null, InspectionReply.Refused(status, detail));

    private static InspectionReply TooLate(TimeSpan patience, bool begun, TimeSpan after)
    {
        var within = FormattableString.Invariant($"no time for this one within {patience.TotalSeconds:0.#} s");
        return InspectionReply.Refused(
            InspectionStatus.Busy,
            begun
                ? $"There was {within}: it was begun, but waited for memory or is slow to decode."
                : $"The images ahead leave {within}.") with
        {
            RetryAfter = after,
        };
    }

    private static InspectionReply Unavailable(InspectionOrder order) =>
        InspectionReply.Refused(InspectionStatus.Unavailable, $"Model '{order.ModelId}' can't be run at the moment.");

    private static DetectionOptions ToOptions(InspectionOrder order, IReadOnlyList<string> classes, float? confidence)
    {
        var (profile, overrides) = (order.Profile.Profile, order.Overrides);
        return new()
        {
            Confidence = confidence ?? overrides?.Confidence ?? VerdictRule.LowestRecorded(profile, classes),
            Iou = overrides?.Iou ?? profile.NmsIou,
            ClassAgnosticNms = profile.NmsKind == NmsKind.Agnostic,
            DecodeFullScale = profile.DecodeScale == DecodeScale.Full,
            MeasureQuality = profile.Image is { MinBrightness: not null } or { MaxBrightness: not null } or { MinSharpness: not null },
            Tiling = Tiling.Parse(overrides?.Tiles ?? profile.Tiles)!,
            MillimetresPerPixel = profile.MillimetresPerPixel,
            Registration = new() { MinFit = profile.Registration.MinFit, Perspective = profile.Registration.Perspective },
            WaitWhenFull = order.WaitWhenFull,
        };
    }

    /// <exception cref="InvalidDataException">The engine returned a class that its model does not have, or a value that is not finite.</exception>
    private static Finding Check(Finding finding, ModelDescription model)
    {
        var box = finding.Box;
        return finding.ClassId >= 0 && finding.ClassId < model.Classes.Count
            && float.IsFinite(finding.Confidence + box.X + box.Y + box.Width + box.Height)
            ? finding
            : throw new InvalidDataException($"Model {model.Id} returned {finding}.");
    }

    private static InspectionStatus ToStatus(ImageFaultKind kind) => kind switch
    {
        ImageFaultKind.UnknownFormat => InspectionStatus.UnknownFormat,
        ImageFaultKind.OverLimit => InspectionStatus.OverLimit,
        ImageFaultKind.Interrupted => InspectionStatus.Interrupted,
        _ => InspectionStatus.Unreadable,
    };

    private sealed record Seen(Observation Observation, DetectionResult Result, IDetectionEngine Engine);

    [LoggerMessage(LogLevel.Error, "The engine for model {ModelId} could not be loaded")]
    private static partial void LogNoEngine(ILogger logger, Exception exception, string modelId);

    [LoggerMessage(LogLevel.Error, "The engine failed on image {Sha256}")]
    private static partial void LogEngineFailed(ILogger logger, Exception exception, string sha256);
}
