using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>Inspects images with the models of one device. Key: see <see cref="DetectorKey"/>.</summary>
[Alias("chitti.detector-grain")]
public interface IDetectorGrain : IGrainWithStringKey
{
    /// <summary>Inspects an image that is passed with the call.</summary>
    /// <param name="image">The encoded image.</param>
    /// <param name="order">By what to inspect it.</param>
    /// <param name="cancellationToken">Drops the image, and gives it up if it is being decoded.</param>
    /// <remarks>The timeout only ends calls of a detector that hangs: it is above every patience.</remarks>
    [Alias("inspect-bytes"), ResponseTimeout("00:06:00")]
    Task<InspectionReply> InspectAsync(Immutable<byte[]> image, InspectionOrder order, CancellationToken cancellationToken = default);

    /// <summary>Inspects an image in the object store.</summary>
    /// <param name="objectKey">Key of the encoded image.</param>
    /// <param name="order">By what to inspect it.</param>
    /// <param name="cancellationToken">Drops the image, and gives it up if it is being decoded.</param>
    /// <remarks>
    /// The timeout only ends calls of a detector that hangs: a file waits as long as the images ahead take. If the detector's silo
    /// goes, the call ends as soon as the cluster notices.
    /// </remarks>
    [Alias("inspect-object"), ResponseTimeout("06:00:00")]
    Task<InspectionReply> InspectStoredAsync(string objectKey, InspectionOrder order, CancellationToken cancellationToken = default);

    /// <summary>Checks whether images can be aligned to a picture.</summary>
    /// <param name="picture">The encoded picture.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it can't be a reference, as the end of a sentence about it; null if it can.</returns>
    [Alias("check-reference"), ResponseTimeout("00:06:00")]
    Task<string?> CheckReferenceAsync(Immutable<byte[]> picture, CancellationToken cancellationToken = default);
}
