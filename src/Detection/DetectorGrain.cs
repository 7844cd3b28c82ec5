using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Orleans.Concurrency;

namespace Chitti.Detection;

[GrainType(DetectorKey.GrainType)]
[Reentrant]
internal sealed class DetectorGrain(Inspector inspector, IObjectStore objects, StoredBytes stored) : Grain, IDetectorGrain
{
    public Task<InspectionReply> InspectAsync(Immutable<byte[]> image, InspectionOrder order, CancellationToken cancellationToken) =>
        inspector.InspectAsync(image.Value, order, cancellationToken);

    public async Task<InspectionReply> InspectStoredAsync(string objectKey, InspectionOrder order, CancellationToken cancellationToken)
    {
        try
        {
            // The inspection records the SHA-256 of the order, so it must be the SHA-256 of the inspected bytes.
            using var place = await stored.EnterAsync(objectKey, cancellationToken);
            using var image = await objects.ReadAllAsync(objectKey, order.Sha256, cancellationToken);
            return image is null
                ? InspectionReply.Refused(InspectionStatus.Missing, "The bytes of the image are gone.")
                : await inspector.InspectAsync(image.Memory, order, cancellationToken);
        }
        catch (AlteredObjectException)
        {
            return InspectionReply.Refused(
                InspectionStatus.Altered, "The stored picture was altered: its bytes no longer have the SHA-256 recorded at upload.");
        }
    }
}
