using System.Buffers.Binary;

namespace Chitti.Grains.Tests.Reports;

/// <summary>The smallest baseline TIFF: one strip of 8-bit grey.</summary>
internal static class TestTiff
{
    public static byte[] Grey(int width, int height)
    {
        (ushort Tag, ushort Type, int Value)[] fields =
        [
            (256, 3, width), (257, 3, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
            (273, 4, 8), (277, 3, 1), (278, 3, height), (279, 4, width * height),
        ];
        var pixels = width * height;
        var tiff = new byte[8 + pixels + 2 + (12 * fields.Length) + 4];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteInt32LittleEndian(tiff.AsSpan(4), 8 + pixels);
        tiff.AsSpan(8, pixels).Fill(0x80);
        var at = tiff.AsSpan(8 + pixels);
        BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)fields.Length);
        for (var i = 0; i < fields.Length; i++)
        {
            var field = at[(2 + (12 * i))..];
            BinaryPrimitives.WriteUInt16LittleEndian(field, fields[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(field[2..], fields[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(field[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(field[8..], fields[i].Value);
        }
        return tiff;
    }
}
