using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Chitti.Imaging;

/// <summary>How the samples of a TIFF are arranged in its rows, and their conversion to RGB over white.</summary>
internal sealed unsafe class TiffLayout
{
    private bool _wide;
    private bool _whiteIsZero;
    private bool _grey;
    private int _samples;
    private bool _premultiplied;

    public int Width { get; private init; }

    public int Height { get; private init; }

    public int Planes { get; private init; }

    private int AlphaSample => _samples is 2 or 4 ? _samples - 1 : -1;

    /// <summary>Whether the samples fit a decoded pixel, which has room for four.</summary>
    public bool Fits => _samples is >= 1 and <= 4;

    public static TiffLayout Read(Tiff tiff)
    {
        var samples = Field(tiff, TiffTag.SAMPLESPERPIXEL, 1);
        var extra = tiff.GetField(TiffTag.EXTRASAMPLES) is [_, var kinds] && kinds.ToByteArray() is [var kind, ..] ? kind : 0;
        return new TiffLayout
        {
            Width = Field(tiff, TiffTag.IMAGEWIDTH, 0),
            Height = Field(tiff, TiffTag.IMAGELENGTH, 0),
            Planes = Field(tiff, TiffTag.PLANARCONFIG, 1) == (int)PlanarConfig.SEPARATE ? samples : 1,
            _samples = samples,
            _wide = Field(tiff, TiffTag.BITSPERSAMPLE, 1) == 16,
            _whiteIsZero = Field(tiff, TiffTag.PHOTOMETRIC, 1) == (int)Photometric.MINISWHITE,
            _grey = samples <= 2,
            _premultiplied = extra == (int)ExtraSample.ASSOCALPHA,
        };
    }

    /// <summary>
    /// Copies a row's samples into the pixels; of 16-bit samples only the upper eight bits are kept, as in other
    /// decoders.
    /// </summary>
    public void CopyRow(ReadOnlySpan<byte> row, int plane, byte* pixels)
    {
        var (first, count) = Planes > 1 ? (plane, 1) : (0, _samples);
        var words = MemoryMarshal.Cast<byte, ushort>(row);
        for (int x = 0, at = 0; x < Width; x++)
        {
            for (var sample = first; sample < first + count; sample++, at++)
            {
                // The library has already converted words to this machine's byte order.
                var value = _wide ? (byte)(words[at] >> 8) : row[at];
                pixels[(4 * x) + (sample == AlphaSample ? 3 : sample)] = value;
            }
        }
    }

    public void FinishRow(byte* pixels)
    {
        for (var pixel = pixels; pixel < pixels + (4L * Width); pixel += 4)
        {
            if (_grey)
            {
                pixel[0] = pixel[1] = pixel[2] = _whiteIsZero ? (byte)(255 - pixel[0]) : pixel[0];
            }

            if (AlphaSample < 0)
            {
                continue;
            }

            for (var channel = 0; channel < 3; channel++)
            {
                var own = _premultiplied ? pixel[channel] * 255 : pixel[channel] * pixel[3];
                pixel[channel] = (byte)Math.Min(255, (own + (255 * (255 - pixel[3])) + 127) / 255);
            }
        }
    }

    private static int Field(Tiff tiff, TiffTag tag, int otherwise) =>
        tiff.GetFieldDefaulted(tag) is [var value, ..] ? value.ToInt() : otherwise;
}
