using Orleans.Concurrency;

namespace Chitti.Grains.Abstractions;

/// <summary>A façade over one inference engine. Key: <c>silo/device</c>.</summary>
[Alias("chitti.detector-grain")]
public interface IDetectorGrain : IGrainWithStringKey
{
    /// <summary>Looks at an image that came with the call.</summary>
    /// <param name="image">The encoded image.</param>
    /// <param name="sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
    /// <param name="settings">What to look for.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting.</param>
    [Alias("detect-bytes")]
    Task<DetectionReply> DetectAsync(Immutable<byte[]> image, string sha256, DetectionSettings settings, CancellationToken cancellationToken = default);

    /// <summary>Looks at an image in the object store.</summary>
    /// <param name="objectKey">Where the encoded image lies.</param>
    /// <param name="sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
    /// <param name="settings">What to look for.</param>
    /// <param name="cancellationToken">Drops the image if it is still waiting.</param>
    [Alias("detect-object")]
    Task<DetectionReply> DetectStoredAsync(string objectKey, string sha256, DetectionSettings settings, CancellationToken cancellationToken = default);
}
