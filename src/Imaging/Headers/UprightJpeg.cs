using System.Buffers.Binary;

namespace Chitti.Imaging;

/// <summary>JPEGs for documents that embed them unchanged and apply the orientation themselves, as PDF does.</summary>
public static class UprightJpeg
{
    /// <summary>
    /// The orientation of a JPEG; null if the bytes are not a supported JPEG, or not one in grey or YCbCr: Skia embeds no
    /// other unchanged.
    /// </summary>
    /// <param name="encoded">A whole image file.</param>
    public static int? FindOrientation(ReadOnlyMemory<byte> encoded)
    {
        if (!encoded.Span.StartsWith(JpegHeader.Magic))
        {
            return null;
        }

        var header = Read(encoded, JpegHeader.Read);
        return header.Fault is null && Read(encoded, JpegHeader.IsGreyOrYCbCr) ? header.Orientation : null;
    }

    /// <summary>The same JPEG with its EXIF orientation set to upright; no other byte is changed.</summary>
    /// <param name="jpeg">A whole JPEG file.</param>
    /// <returns>The given bytes if nothing had to be changed, otherwise a copy.</returns>
    public static ReadOnlyMemory<byte> Reset(ReadOnlyMemory<byte> jpeg)
    {
        byte[]? copy = null;
        foreach (var (start, length) in Read(jpeg, JpegHeader.FindExif))
        {
            var block = jpeg.Span.Slice(start, length);
            if (ExifOrientation.Find(block, out var bigEndian) is { } at && ExifOrientation.Parse(block) != Orientation.Upright)
            {
                copy ??= jpeg.ToArray();
                var value = copy.AsSpan(start + at);
                if (bigEndian)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(value, Orientation.Upright);
                }
                else
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(value, Orientation.Upright);
                }
            }
        }

        return copy ?? jpeg;
    }

    private static unsafe T Read<T>(ReadOnlyMemory<byte> encoded, Func<HeaderReader, T> read)
    {
        using var pin = encoded.Pin();
        using var stream = new UnmanagedMemoryStream((byte*)pin.Pointer, encoded.Length);
        return read(new HeaderReader(stream));
    }
}
