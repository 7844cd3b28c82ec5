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
        using var place = await stored.EnterAsync(objectKey, cancellationToken);
        using var image = await objects.ReadAllAsync(objectKey, cancellationToken);
        return image is null
            ? InspectionReply.Refused(InspectionStatus.Missing, "The bytes of the image are gone.")
            : await inspector.InspectAsync(image.Memory, order, cancellationToken);
    }
}
