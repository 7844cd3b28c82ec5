using System.Security.Cryptography;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Chitti.Gateway;

/// <summary>Has a detector inspect the image of a direct call, and waits for the answer no longer than the setting says.</summary>
internal sealed class DirectDetection(
    ProfileChoice profiles, DetectorChoice detectors, IOptions<LimitOptions> limits, TimeProvider time)
{
    // For the refusal of a detector that keeps to the time to arrive, so that this end is met only by one that hangs.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);

    /// <returns>The detector's reply, or the problem with the profile.</returns>
    /// <exception cref="OutageException">No detector is up, or the one that was called does not answer in time.</exception>
    internal async Task<(InspectionReply? Reply, ProblemHttpResult? Problem)> RunAsync(
        byte[] image, DetectRequest request, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var patience = limits.Value.DetectTimeout;
        using var end = new CancellationTokenSource(patience + _grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            var (profile, unknown) = await profiles.FindAsync(request.ProfileId, either.Token);
            if (profile is null)
            {
                return (null, unknown);
            }

            var order = new InspectionOrder
            {
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(image)),
                Profile = profile,
                Overrides = request.Overrides,
                ModelOverride = request.Model,
                Patience = patience - time.GetElapsedTime(began),
            };
            return (await detectors.CallAsync(
                order.ModelId, detector => detector.InspectAsync(new Immutable<byte[]>(image), order, either.Token), either.Token), null);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutageException(Outage.Detector, "The detector does not answer in time.", exception);
        }
    }
}
