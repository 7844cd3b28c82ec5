using Chitti.Detection;

namespace Chitti.Standalone;

/// <summary>For runs without <c>--reference</c>.</summary>
internal sealed class NoReferences : IReferenceSource
{
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>?>(null);
}
