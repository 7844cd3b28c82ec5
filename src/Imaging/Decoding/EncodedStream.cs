using SkiaSharp;

namespace Chitti.Imaging;

/// <summary>
/// Encoded bytes for Skia's codecs. The stream ends early once the deadline has passed: there is no other way to stop a
/// codec.
/// </summary>
internal sealed unsafe class EncodedStream(byte* bytes, int length, DecodeDeadline deadline) : SKAbstractManagedStream
{
    private int _position;

    protected override IntPtr OnRead(IntPtr buffer, IntPtr size)
    {
        var count = OnPeek(buffer, size);
        _position += (int)count;
        return count;
    }

    protected override IntPtr OnPeek(IntPtr buffer, IntPtr size)
    {
        if (deadline.Passed)
        {
            return 0;
        }

        var count = (int)Math.Min(size, length - _position);
        if (buffer != IntPtr.Zero)
        {
            Buffer.MemoryCopy(bytes + _position, (void*)buffer, size, count);
        }

        return count;
    }

    protected override bool OnIsAtEnd() => _position >= length || deadline.Passed;

    protected override bool OnHasPosition() => true;

    protected override bool OnHasLength() => true;

    protected override IntPtr OnGetPosition() => _position;

    protected override IntPtr OnGetLength() => length;

    protected override bool OnRewind() => OnSeek(0);

    protected override bool OnSeek(IntPtr position)
    {
        _position = (int)Math.Clamp(position, 0, length);
        return true;
    }

    protected override bool OnMove(int offset) => OnSeek(_position + offset);

    protected override IntPtr OnCreateNew() => IntPtr.Zero;
}
