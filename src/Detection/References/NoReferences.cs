namespace Chitti.Detection;

/// <summary>For a process whose profiles have no references.</summary>
public sealed class NoReferences : IReferenceSource
{
    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken) => Task.FromResult<ReadOnlyMemory<byte>?>(null);
}
