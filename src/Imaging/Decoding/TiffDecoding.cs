using BitMiracle.LibTiff.Classic;

namespace Chitti.Imaging;

/// <summary>Decodes TIFFs of the variants that <see cref="TiffHeader"/> accepts.</summary>
internal static unsafe class TiffDecoding
{
    static TiffDecoding() => Tiff.SetErrorHandler(new Silent());

    // On a crafted file the library can throw almost any exception, for example from an array access.
    public static ImageFault? Decode(Stream stream, DecodeRequest request, byte* pixels)
    {
        try
        {
            return DecodeStrips(stream, request, pixels);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Damaged();
        }
    }

    private static ImageFault? DecodeStrips(Stream stream, DecodeRequest request, byte* pixels)
    {
        stream.Position = 0;
        using var tiff = Tiff.ClientOpen("image", "r", stream, new TiffStream());
        if (tiff is null || !HasPlausibleStrips(tiff, stream.Length))
        {
            return Damaged();
        }

        var layout = TiffLayout.Read(tiff);
        return (layout.Width, layout.Height) == request.Stored && layout.Fits && ReadRows(tiff, layout, pixels, request.Deadline)
            ? null
            : Damaged();
    }

    private static bool ReadRows(Tiff tiff, TiffLayout layout, byte* pixels, DecodeDeadline deadline)
    {
        var row = new byte[tiff.ScanlineSize()];
        // With separate planes, each pass fills one sample of every pixel.
        for (var plane = 0; plane < layout.Planes; plane++)
        {
            for (var y = 0; y < layout.Height; y++)
            {
                if (deadline.Passed || !tiff.ReadScanline(row, y, (short)plane))
                {
                    return false;
                }

                layout.CopyRow(row, plane, pixels + (4L * layout.Width * y));
            }
        }
        for (var y = 0; y < layout.Height; y++)
        {
            layout.FinishRow(pixels + (4L * layout.Width * y));
        }

        return true;
    }

    // The library allocates the size that a strip states before it reads the strip.
    private static bool HasPlausibleStrips(Tiff tiff, long fileLength)
    {
        if (tiff.GetField(TiffTag.STRIPBYTECOUNTS) is not [var counts, ..])
        {
            return false;
        }

        return counts.Value switch
        {
            int[] ints => ints.All(count => count >= 0 && count <= fileLength),
            long[] longs => longs.All(count => count >= 0 && count <= fileLength),
            ulong[] ulongs => ulongs.All(count => count <= (ulong)fileLength),
            _ => true,
        };
    }

    private static ImageFault Damaged() => new(ImageFaultKind.Unreadable, "The TIFF data is damaged.");

    // By default the library writes to the console.
    private sealed class Silent : TiffErrorHandler
    {
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }
    }
}
