using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;
using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class ImageIdentifierTests
{
    public static TheoryData<string, byte[]> Foreign => new()
    {
        { "empty", [] },
        { "text", "This is a letter and no picture, whatever its name says."u8.ToArray() },
        { "text that begins like a bitmap", "BMW builds cars, among others, in Bavaria."u8.ToArray() },
        { "gif", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray() },
        { "riff that is no webp", [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVEfmt "u8, 0, 0, 0, 0] },
        { "one byte", [0xFF] },
    };

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "tiff of 17 bytes", [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0, 1, 3, 0, 1, 0, 0] },
        { "tiff whose directories form a loop", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0] },
        { "tiff that points nowhere", [.. "MM\0*"u8, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0] },
        { "jpeg of fill bytes", [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 3_000_000)] },
        { "jpeg that ends", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4] },
        { "png without sides", Png(0, 100) },
        { "png that ends", Png(10, 10)[..20] },
        { "webp that ends", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8, .. "VP8X"u8] },
    };

    [Theory]
    [MemberData(nameof(Foreign), DisableDiscoveryEnumeration = true)]
    public void Identify_NotAnImage_IsUnknownFormat(string what, byte[] bytes) => AssertFault(ImageFaultKind.UnknownFormat, what, bytes);

    [Theory]
    [MemberData(nameof(Damaged), DisableDiscoveryEnumeration = true)]
    public void Identify_DamagedHeader_IsUnreadable(string what, byte[] bytes) => AssertFault(ImageFaultKind.Unreadable, what, bytes);

    [Theory]
    [InlineData(60_000, 60_000, "60000", "30000")]
    [InlineData(1, 5_000_000, "5000000", "30000")]
    [InlineData(20_000, 20_000, "400000000", "100000000")]
    public void Identify_TooManyPixels_IsOverLimitWithValueAndLimit(int width, int height, string value, string limit)
    {
        var fault = Identify(Png(width, height)).Fault;

        Assert.Equal(ImageFaultKind.OverLimit, fault?.Kind);
        Assert.Contains(value, fault!.Detail, StringComparison.Ordinal);
        Assert.Contains(limit, fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, ImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png, ImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp, ImageFormat.WebP)]
    public void Identify_Image_GivesHeader(SKEncodedImageFormat encoded, ImageFormat format) =>
        Assert.Equal(new ImageHeader(format, 48, 32, 1), Identify(TestImages.Encode(encoded)).Header);

    [Fact]
    public void Identify_LosslessWebP_GivesHeader()
    {
        using var bitmap = new SKBitmap(300, 200);
        using var data = bitmap.PeekPixels()!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50));

        Assert.Equal(new ImageHeader(ImageFormat.WebP, 300, 200, 1), Identify(data!.ToArray()).Header);
    }

    [Fact]
    public void Identify_Bmp_GivesHeader() => Assert.Equal(new ImageHeader(ImageFormat.Bmp, 48, 32, 1), Identify(TestImages.Bmp()).Header);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Identify_Tiff_GivesHeader(bool bigEndian) => Assert.Equal(
        new ImageHeader(ImageFormat.Tiff, 48, 32, 1), Identify(TestImages.Tiff(Compression.LZW, 16, 3, bigEndian: bigEndian)).Header);

    [Fact]
    public void Identify_RotatedJpeg_GivesUprightSides()
    {
        var jpeg = TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(6));

        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 32, 48, 6), Identify(jpeg).Header);
    }

    [Fact]
    public void Identify_WrongOrientation_IsUpright()
    {
        var jpeg = TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(9));

        Assert.Equal(1, Identify(jpeg).Header?.Orientation);
    }

    [Fact]
    public void Identify_CutAfterHeader_GivesHeader() => Assert.NotNull(Identify(TestImages.EncodeNoise(SKEncodedImageFormat.Png, 64, 64)[..100]).Header);

    [Fact]
    public void Identify_StreamNotAtStart_ReadsFromThere()
    {
        byte[] prefixed = [1, 2, 3, .. TestImages.Encode(SKEncodedImageFormat.Png)];
        using var stream = new MemoryStream(prefixed) { Position = 3 };

        Assert.Equal(48, ImageIdentifier.Identify(stream, new ImageLimits(), PixelBudgetOptions.DefaultBytes).Header?.Width);
    }

    private static void AssertFault(ImageFaultKind kind, string what, byte[] bytes)
    {
        var (header, fault) = Identify(bytes);

        Assert.Null(header);
        Assert.True(fault?.Kind == kind, $"{what}: {fault}");
    }

    private static ImageIdentification Identify(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ImageIdentifier.Identify(stream, new ImageLimits(), PixelBudgetOptions.DefaultBytes);
    }

    private static byte[] Png(int width, int height)
    {
        var png = new byte[200];
        byte[] head = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8];
        head.CopyTo(png, 0);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        png[24] = 8;
        return png;
    }
}
