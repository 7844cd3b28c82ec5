using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>Inspects images with the models of one device. Key: see <see cref="DetectorKey"/>.</summary>
[Alias("chitti.detector-grain")]
public interface IDetectorGrain : IGrainWithStringKey
{
    /// <summary>Inspects an image that is passed with the call.</summary>
    /// <param name="image">The encoded image.</param>
    /// <param name="order">By what to inspect it.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting.</param>
    /// <remarks>The timeout only ends calls of a detector that hangs: it is above every patience.</remarks>
    [Alias("inspect-bytes"), ResponseTimeout("00:06:00")]
    Task<InspectionReply> InspectAsync(Immutable<byte[]> image, InspectionOrder order, CancellationToken cancellationToken = default);

    /// <summary>Inspects an image in the object store.</summary>
    /// <param name="objectKey">Key of the encoded image.</param>
    /// <param name="order">By what to inspect it.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting.</param>
    [Alias("inspect-object")]
    Task<InspectionReply> InspectStoredAsync(string objectKey, InspectionOrder order, CancellationToken cancellationToken = default);
}
