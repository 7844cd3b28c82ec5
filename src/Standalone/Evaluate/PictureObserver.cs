using Chitti.Domain;
using Chitti.Evaluation;
using Chitti.Grains.Abstractions;

namespace Chitti.Standalone;

/// <summary>Sees the pictures of ground truth as <c>inspect</c> does, and records findings of lower confidence as well.</summary>
internal sealed class PictureObserver(InspectionSetup setup, float lowestConfidence)
{
    public async Task<EvaluatedPicture> ObserveAsync(TruthPicture truth, CancellationToken cancellationToken)
    {
        var (bytes, read) = await PictureReading.ReadAsync(truth.File, setup.MaxFileBytes, setup.Decoders, cancellationToken);
        if ((read.Error ?? truth.Fault) is { } error)
        {
            return new(truth, read.Sha256, null, error);
        }

        var (profile, fault) = setup.ProfileFor(truth.File);
        if (profile is null)
        {
            return new(truth, read.Sha256, null, fault);
        }

        var order = new InspectionOrder { Sha256 = read.Sha256, Profile = profile, WaitWhenFull = true };
        var (seen, refusal) = await setup.Inspector.ObserveAsync(bytes, order, lowestConfidence, cancellationToken);
        return seen is { Tiles: > 0 } tiled
            ? await AsInspectedAsync(truth, bytes, order, tiled, cancellationToken)
            : new(truth, read.Sha256, seen, refusal?.Detail);
    }

    /// <summary>
    /// Where parts of a picture meet, boxes are put together, and findings of low confidence would change those of high
    /// confidence: what <c>inspect</c> judges is taken from a run of its own.
    /// </summary>
    private async Task<EvaluatedPicture> AsInspectedAsync(
        TruthPicture truth, byte[] bytes, InspectionOrder order, Observation seen, CancellationToken cancellationToken)
    {
        var (exact, refusal) = await setup.Inspector.ObserveAsync(bytes, order, null, cancellationToken);
        var recorded = VerdictRule.LowestRecorded(setup.Profile.Profile, seen.Classes);
        var merged = exact is null ? null : exact with { Findings = [.. exact.Findings, .. seen.Findings.Where(finding => finding.Confidence < recorded)] };
        return new(truth, order.Sha256, merged, refusal?.Detail);
    }
}
