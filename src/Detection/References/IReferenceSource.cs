namespace Chitti.Detection;

/// <summary>Where the bytes of references are.</summary>
public interface IReferenceSource
{
    /// <summary>The picture file; null if there is none with the hash.</summary>
    /// <param name="sha256">Of the file, lower-case hexadecimal; the bytes have been checked against it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ReferenceException">The bytes were altered, or can't be read although their store can.</exception>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken);
}
