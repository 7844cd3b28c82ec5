using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>Reads parts of a header. Limits on bytes and reads end any loop that a crafted file could cause.</summary>
internal sealed class HeaderReader(Stream stream)
{
    private const int MaxBytes = 1 << 20;
    private const int MaxReads = 20_000;

    private readonly long _start = stream.Position;
    private int _bytes;
    private int _reads;

    public long Length { get; } = stream.Length - stream.Position;

    /// <summary>Whether a read was refused because the budget was used up.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Offset from the first byte of the image.</summary>
    public long Position { get; set; }

    /// <summary>Fills the buffer, or returns false.</summary>
    public bool TryRead(Span<byte> buffer)
    {
        if (Position < 0 || Position + buffer.Length > Length)
        {
            return false;
        }

        if (_bytes + buffer.Length > MaxBytes || ++_reads > MaxReads)
        {
            IsSpent = true;
            return false;
        }

        stream.Position = _start + Position;
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            return false;
        }

        _bytes += buffer.Length;
        Position += buffer.Length;
        return true;
    }

    /// <summary>Reads from the start, as many bytes as there are.</summary>
    public int ReadUpTo(Span<byte> buffer)
    {
        Position = 0;
        var count = (int)Math.Min(buffer.Length, Length);
        return TryRead(buffer[..count]) ? count : 0;
    }

    public bool TryReadByte(out byte value)
    {
        Span<byte> one = stackalloc byte[1];
        var read = TryRead(one);
        value = one[0];
        return read;
    }

    public bool TryReadUInt16(bool bigEndian, out ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        var read = TryRead(two);
        value = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(two) : BinaryPrimitives.ReadUInt16LittleEndian(two);
        return read;
    }

    public bool TryReadUInt32(bool bigEndian, out uint value)
    {
        Span<byte> four = stackalloc byte[4];
        var read = TryRead(four);
        value = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(four) : BinaryPrimitives.ReadUInt32LittleEndian(four);
        return read;
    }
}
