using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Orleans.Concurrency;

namespace Chitti.Detection;

[GrainType(DetectorKey.GrainType)]
[Reentrant]
internal sealed class DetectorGrain(
    Inspector inspector, ReferenceCache references, IObjectStore objects, StoredImageGate gate, TimeProvider time) : Grain, IDetectorGrain
{
    public Task<InspectionReply> InspectAsync(Immutable<byte[]> image, InspectionOrder order, CancellationToken cancellationToken) =>
        inspector.InspectAsync(image.Value, order, cancellationToken);

    public Task<string?> CheckReferenceAsync(Immutable<byte[]> picture, CancellationToken cancellationToken) =>
        references.CheckAsync(picture.Value, cancellationToken);

    public async Task<InspectionReply> InspectStoredAsync(string objectKey, InspectionOrder order, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var clock = order.Patience is { } patience
            ? new CancellationTokenSource(patience < TimeSpan.Zero ? TimeSpan.Zero : patience, time)
            : null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock?.Token ?? default);
        try
        {
            // The inspection records the SHA-256 of the order, so it must be the SHA-256 of the inspected bytes.
            using var place = await gate.EnterAsync(objectKey, end.Token);
            using var image = await objects.ReadAllAsync(objectKey, order.Sha256, end.Token);
            return image is null
                ? InspectionReply.Refused(InspectionStatus.Missing, "The bytes of the image are gone.")
                : await inspector.InspectAsync(
                    image.Memory, order with { Patience = order.Patience - time.GetElapsedTime(began) }, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && end.IsCancellationRequested)
        {
            return InspectionReply.Refused(InspectionStatus.Busy, FormattableString.Invariant(
                $"There was no time for the image within {order.Patience!.Value.TotalSeconds:0.#} s: it was not read by then."));
        }
        catch (AlteredObjectException exception)
        {
            return InspectionReply.Refused(InspectionStatus.Altered, exception.Detail);
        }
    }
}
