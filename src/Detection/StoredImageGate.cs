using Chitti.Imaging;
using Chitti.Storage;
using Microsoft.Extensions.Options;

namespace Chitti.Detection;

/// <summary>
/// Bounds the encoded bytes of stored images that this process holds while they wait and are inspected: as many as there are
/// partitions arrive at once, and each may be as large as an upload. In order of arrival; a single larger image passes alone.
/// </summary>
public sealed class StoredImageGate(IObjectStore objects, IOptions<DetectorOptions> options)
{
    private readonly ByteGate _gate = new(options.Value.QueueBytes);

    /// <summary>Waits until an object may be read, and until the result is disposed keeps its place.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; nothing is held.</exception>
    public async Task<IDisposable> EnterAsync(string objectKey, CancellationToken cancellationToken)
    {
        var bytes = (await objects.GetInfoAsync(objectKey, cancellationToken))?.Size ?? 0;
        await _gate.EnterAsync(bytes, cancellationToken);
        return new Place(_gate, bytes);
    }

    private sealed class Place(ByteGate gate, long bytes) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                gate.Release(bytes);
            }
        }
    }
}
