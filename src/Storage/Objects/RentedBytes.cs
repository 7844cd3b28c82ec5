using System.Buffers;

namespace Chitti.Storage;

/// <summary>Bytes in a rented buffer.</summary>
public sealed class RentedBytes(byte[] buffer, int length) : IDisposable
{
    /// <summary>The bytes.</summary>
    public Memory<byte> Memory => buffer.AsMemory(0, length);

    /// <summary>Returns the buffer to the pool.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
