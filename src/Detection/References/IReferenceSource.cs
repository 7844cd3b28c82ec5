namespace Chitti.Detection;

/// <summary>Where the bytes of references are.</summary>
public interface IReferenceSource
{
    /// <summary>The picture file; null if there is none with the hash.</summary>
    /// <param name="sha256">Of the file, lower-case hexadecimal; the bytes have been checked against it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken);
}
