using System.Buffers;

namespace Chitti.Grains;

/// <summary>The first bytes of a rented buffer.</summary>
internal sealed class RentedBytes(byte[] buffer, int length) : IDisposable
{
    public Memory<byte> Memory => buffer.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
