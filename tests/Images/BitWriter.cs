namespace Chitti.Tests;

/// <summary>Bits into bytes: the highest first as JPEG has them, or the lowest first as WebP does.</summary>
internal sealed class BitWriter(bool highestFirst, bool stuffed = false)
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _count;

    public void Write(int value, int bits)
    {
        for (var i = 0; i < bits; i++)
        {
            var bit = value >> (highestFirst ? bits - 1 - i : i) & 1;
            _current |= bit << (highestFirst ? 7 - _count : _count);
            if (++_count == 8)
            {
                Flush();
            }
        }
    }

    /// <summary>Fills the last byte, with ones where bytes are stuffed.</summary>
    public byte[] ToArray()
    {
        while (_count > 0)
        {
            Write(stuffed ? 1 : 0, 1);
        }

        return [.. _bytes];
    }

    private void Flush()
    {
        _bytes.Add((byte)_current);
        if (stuffed && _current == 0xFF)
        {
            _bytes.Add(0);
        }

        (_current, _count) = (0, 0);
    }
}
