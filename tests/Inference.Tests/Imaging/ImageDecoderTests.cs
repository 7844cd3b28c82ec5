using BitMiracle.LibTiff.Classic;
using Chitti.Imaging;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, 6)]
    [InlineData(SKEncodedImageFormat.Png, 0)]
    [InlineData(SKEncodedImageFormat.Webp, 6)]
    [InlineData(SKEncodedImageFormat.Bmp, 0)]
    public void TryDecode_Format_GivesPattern(SKEncodedImageFormat format, int tolerance) =>
        AssertPattern(Decoding.Of(format == SKEncodedImageFormat.Bmp ? TestImages.Bmp() : TestImages.Encode(format)), tolerance);

    [Theory]
    [InlineData(Compression.NONE, 8, PlanarConfig.CONTIG, false)]
    [InlineData(Compression.PACKBITS, 8, PlanarConfig.CONTIG, false)]
    [InlineData(Compression.LZW, 8, PlanarConfig.CONTIG, false)]
    [InlineData(Compression.LZW, 8, PlanarConfig.SEPARATE, false)]
    [InlineData(Compression.ADOBE_DEFLATE, 8, PlanarConfig.CONTIG, false)]
    [InlineData(Compression.DEFLATE, 8, PlanarConfig.CONTIG, false)]
    [InlineData(Compression.NONE, 16, PlanarConfig.CONTIG, true)]
    [InlineData(Compression.NONE, 16, PlanarConfig.CONTIG, false)]
    [InlineData(Compression.LZW, 16, PlanarConfig.SEPARATE, true)]
    public void TryDecode_RgbTiff_GivesPattern(Compression compression, int bits, PlanarConfig planar, bool bigEndian) =>
        AssertPattern(Decoding.Of(TestImages.Tiff(compression, bits, 3, planar, bigEndian)), 0);

    [Theory]
    [InlineData(8, Photometric.MINISBLACK)]
    [InlineData(16, Photometric.MINISBLACK)]
    [InlineData(8, Photometric.MINISWHITE)]
    public void TryDecode_GreyTiff_GivesEqualChannels(int bits, Photometric photometric)
    {
        var image = Decoding.Of(TestImages.Tiff(Compression.LZW, bits, 1, photometric: photometric));

        var expected = photometric == Photometric.MINISWHITE ? 55 : 200;
        Assert.Equal(((byte)expected, (byte)expected, (byte)expected), image[1, 1]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void TryDecode_TiffWithAlpha_IsLaidOverWhite(int samples)
    {
        var image = Decoding.Of(TestImages.Tiff(Compression.NONE, 8, samples));

        Assert.Equal(((200 * 128) + (255 * 127) + 127) / 255, image[1, 1].R);
    }

    [Fact]
    public void TryDecode_GreyJpeg_GivesEqualChannels() => Assert.Equal(((byte)77, (byte)77, (byte)77), Decoding.Of(TestImages.GreyJpeg())[5, 5]);

    [Fact]
    public void TryDecode_PngWithAlpha_IsLaidOverWhite()
    {
        var image = Decoding.Of(TestImages.Encode(SKEncodedImageFormat.Png, alpha: 0));

        Assert.All(image.Pixels, pixel => Assert.Equal(((byte)255, (byte)255, (byte)255), pixel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void TryDecode_Orientation_GivesSameUprightPixels(int orientation)
    {
        var stored = Decoding.Of(TestImages.Encode(SKEncodedImageFormat.Jpeg));

        var image = Decoding.Of(TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(orientation)));

        Assert.Equal(orientation >= 5 ? (stored.Height, stored.Width) : (stored.Width, stored.Height), (image.Width, image.Height));
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                // EXIF 2.32, 4.6.4: where row 0 and column 0 of the stored image are in the upright image.
                var (storedX, storedY) = orientation switch
                {
                    2 => (image.Width - 1 - x, y),
                    3 => (image.Width - 1 - x, image.Height - 1 - y),
                    4 => (x, image.Height - 1 - y),
                    5 => (y, x),
                    6 => (y, image.Width - 1 - x),
                    7 => (image.Height - 1 - y, image.Width - 1 - x),
                    8 => (image.Height - 1 - y, x),
                    _ => (x, y),
                };
                Assert.Equal(stored[storedX, storedY], image[x, y]);
            }
        }
    }

    [Fact]
    public void TryDecode_WrongExif_IsUpright()
    {
        var image = Decoding.Of(TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), [.. "II*\0"u8, 0xFF, 0xFF, 0xFF, 0x7F]));

        AssertPattern(image, 6);
    }

    [Fact]
    public void TryDecode_LargeJpegAndSmallSizeNeeded_IsReduced()
    {
        var image = Decoding.Of(TestImages.Encode(SKEncodedImageFormat.Jpeg, 800, 800), enough: 100);

        Assert.Equal((200, 200), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, 2)]
    [InlineData(SKEncodedImageFormat.Jpeg, 40)]
    [InlineData(SKEncodedImageFormat.Jpeg, 4000)]
    [InlineData(SKEncodedImageFormat.Png, 5)]
    [InlineData(SKEncodedImageFormat.Png, 13)]
    [InlineData(SKEncodedImageFormat.Png, 4000)]
    [InlineData(SKEncodedImageFormat.Webp, 40)]
    [InlineData(SKEncodedImageFormat.Webp, 4000)]
    public void TryDecode_Truncated_IsUnreadable(SKEncodedImageFormat format, int missing)
    {
        var whole = TestImages.EncodeNoise(format, 160, 160);
        Assert.Null(Decoding.Of(whole).Fault);

        Assert.Equal(ImageFaultKind.Unreadable, Decoding.Of(whole[..^missing]).Fault?.Kind);
    }

    [Theory]
    [InlineData(Compression.NONE)]
    [InlineData(Compression.LZW)]
    [InlineData(Compression.DEFLATE)]
    public void TryDecode_TiffWithStripsCutOff_IsUnreadable(Compression compression)
    {
        var tiff = TestImages.Tiff(compression, 8, 3);
        // The writer puts the directory after the strips. Overwritten bytes are noticed only with a codec; as uncompressed
        // samples they are valid.
        tiff.AsSpan(8, 40).Fill(0xFF);
        if (compression == Compression.NONE)
        {
            Assert.Null(Decoding.Of(tiff).Fault);
        }
        else
        {
            Assert.Equal(ImageFaultKind.Unreadable, Decoding.Of(tiff).Fault?.Kind);
        }

        Assert.Equal(ImageFaultKind.Unreadable, Decoding.Of(tiff[..^20]).Fault?.Kind);
    }

    [Fact]
    public void TryDecode_BmpCutOff_IsUnreadable() =>
        Assert.Equal(ImageFaultKind.Unreadable, Decoding.Of(TestImages.Bmp()[..^100]).Fault?.Kind);

    [Theory]
    [InlineData("IDAT")]
    [InlineData("IHDR")]
    public void TryDecode_PngWithWrongChecksum_IsUnreadable(string chunk)
    {
        var png = TestImages.EncodeNoise(SKEncodedImageFormat.Png, 64, 64);
        var at = png.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(chunk));
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at - 4));
        png[at + 4 + length] ^= 1;

        Assert.Equal(ImageFaultKind.Unreadable, Decoding.Of(png).Fault?.Kind);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void TryDecode_DeadlinePasses_IsOverLimit(SKEncodedImageFormat format)
    {
        var fault = Decoding.Of(TestImages.EncodeNoise(format, 160, 160), new TickingTime(TimeSpan.FromSeconds(2))).Fault;

        Assert.Equal(ImageFaultKind.OverLimit, fault?.Kind);
        Assert.Contains("5 s", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_DeadlinePassesInTiff_IsOverLimit() => Assert.Equal(
        ImageFaultKind.OverLimit,
        Decoding.Of(TestImages.Tiff(Compression.LZW, 8, 3), new TickingTime(TimeSpan.FromSeconds(2))).Fault?.Kind);

    [Theory]
    [InlineData(SampleFormat.INT)]
    [InlineData(SampleFormat.IEEEFP)]
    public void TryDecode_TiffWithOtherThanUnsignedIntegers_IsRefused(SampleFormat format)
    {
        var fault = Decoding.Of(TestImages.Tiff(Compression.NONE, 16, 1, format: format)).Fault;

        Assert.Equal(ImageFaultKind.Unreadable, fault?.Kind);
        Assert.Contains("sample format", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_JpegWithXmpLargerThanAHeader_IsRead()
    {
        var jpeg = TestImages.Encode(SKEncodedImageFormat.Jpeg, 64, 64);
        byte[] xmp = [0xFF, 0xE1, 0xFF, 0xFF, .. "http://ns.adobe.com/xmp/extension/\0"u8, .. new byte[65_533 - 35]];
        byte[] extended = [.. jpeg[..2], .. Enumerable.Repeat(xmp, 20).SelectMany(bytes => bytes), .. jpeg[2..]];

        Assert.Null(Decoding.Of(extended).Fault);
    }

    [Fact]
    public void TryDecode_OthersHoldTheBudget_WaitsWithoutUsingUpTheDeadline()
    {
        // Room for one decoding, and for no other beside the pixels that it leaves.
        var bmp = TestImages.Bmp();
        var (time, budget) = (new FakeTimeProvider(), new PixelBudget(13_000));
        using var first = new ImageDecoder(new(), time, budget);
        Assert.True(first.TryDecode(bmp, null, out var held, out _));
        (ImageFault? Fault, TimeSpan Waited) result = default;
        var waiting = new Thread(() =>
        {
            using var second = new ImageDecoder(new(), time, budget);
            second.TryDecode(bmp, null, out var image, out var fault);
            result = (fault, image.Waited);
            if (fault is null)
            {
                image.Dispose();
            }
        });
        waiting.Start();
        SpinWait.SpinUntil(() => budget.WaitingCount == 1);

        time.Advance(TimeSpan.FromMinutes(1));
        held.Dispose();
        waiting.Join();

        Assert.Equal((null, TimeSpan.FromMinutes(1)), result);
    }

    [Fact]
    public void Dispose_ImageStillHeld_GivesTheBudgetBack()
    {
        var budget = new PixelBudget(1 << 20);
        using (var decoder = new ImageDecoder(new(), TimeProvider.System, budget))
        {
            Assert.True(decoder.TryDecode(TestImages.Encode(SKEncodedImageFormat.Png, 64, 64), null, out _, out _));
        }

        Assert.Equal(0, budget.UsedBytes);
    }

    [Fact]
    public unsafe void Rent_OutOfMemory_GivesTheBudgetBack()
    {
        var budget = new PixelBudget(1 << 20);
        using var buffer = new PixelBuffer(budget);

        Assert.Throws<OutOfMemoryException>(() => { buffer.Rent(long.MaxValue, long.MaxValue, new DecodeDeadline(TimeSpan.FromSeconds(5), TimeProvider.System)); });
        buffer.Return();

        Assert.Equal(0, budget.UsedBytes);
    }

    private static void AssertPattern(Decoding image, int tolerance)
    {
        Assert.Null(image.Fault);
        Assert.Equal((TestImages.Width, TestImages.Height), (image.Width, image.Height));
        foreach (var (x, y) in new[] { (2, 2), (45, 2), (2, 29), (45, 29), (20, 10) })
        {
            var (expected, found) = (TestImages.Pattern(x, y), image[x, y]);
            Assert.InRange(found.R, expected.R - tolerance, expected.R + tolerance);
            Assert.InRange(found.G, expected.G - tolerance, expected.G + tolerance);
            Assert.InRange(found.B, expected.B - tolerance, expected.B + tolerance);
        }
    }

    /// <summary>Each reading advances the clock, so a decoder that checks it often enough runs out of time.</summary>
    private sealed class TickingTime(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);
    }
}
