using System.Globalization;
using Chitti.Imaging;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>What can't be decoded in the memory there is, and what a header that misleads would take.</summary>
public sealed class MemoryLimitTests
{
    public static TheoryData<string, byte[], long> TooLarge => new()
    {
        { "png of 16 bits, interlaced", new PngMaker(10_000, 10_000) { ColourType = 6, Bits = 16, Interlaced = true }.ToArray(), 1_200_000_000 },
        { "progressive jpeg of four components", new JpegMaker(10_000, 10_000) { Progressive = true, Sampling = [(1, 1), (1, 1), (1, 1), (1, 1)] }.ToArray(), 1_200_000_000 },
    };

    [Theory]
    [MemberData(nameof(TooLarge), DisableDiscoveryEnumeration = true)]
    public void Identify_NeverFits_IsOverLimitWithBytesNeededAndAllowed(string what, byte[] image, long atLeast)
    {
        using var stream = new MemoryStream(image);

        var fault = ImageIdentifier.Identify(stream, new ImageLimits(), PixelBudgetOptions.DefaultBytes).Fault;

        Assert.True(fault?.Kind == ImageFaultKind.OverLimit, $"{what}: {fault}");
        AssertSays(fault!, atLeast, PixelBudgetOptions.DefaultBytes);
    }

    [Fact]
    public void TryDecode_NeverFits_IsOverLimitAndTakesNothing()
    {
        var budget = new PixelBudget(1 << 20);
        using var decoder = new ImageDecoder(new(), TimeProvider.System, budget);

        Assert.False(decoder.TryDecode(new BmpMaker(1_000, 1_000).ToArray(), null, out _, out var fault));

        Assert.Equal(ImageFaultKind.OverLimit, fault.Kind);
        AssertSays(fault, 4_000_000, 1 << 20);
        Assert.Equal(0, budget.MostUsedBytes);
    }

    [Fact]
    public void TryDecode_SmallWebPOfManyCodeSets_IsOverLimit()
    {
        var image = WebPMaker.Lossless(1_024, 1_024, 65_536);
        Assert.InRange(image.Length, 0, 600_000);
        using var decoder = new ImageDecoder(new(), TimeProvider.System, new PixelBudget());

        Assert.False(decoder.TryDecode(image, null, out _, out var fault));

        Assert.Equal(ImageFaultKind.OverLimit, fault.Kind);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 300)]
    [InlineData(64, 65_536)]
    public void FindMaxBytes_MadeWebP_CountsItsCodeSets(int groups, int side)
    {
        var count = groups == 64 ? 64 * 64 : groups;
        var (width, height) = groups == 64 ? (256, 256) : (side, 5);

        Assert.Equal(count * WebPCodeTables.BytesOfSet, WebPCodeTables.FindMaxBytes(WebPMaker.Lossless(width, height, count)));
    }

    [Fact]
    public void FindMaxBytes_WebPsOfAnEncoder_AreRead()
    {
        foreach (var (side, quality, colours) in
            from side in new[] { 1, 7, 33, 200, 300 } from quality in new[] { 0, 50, 100 } from colours in new[] { 1, 2, 4, 16, 200, 100_000 } select (side, quality, colours))
        {
            var webp = Encode(side, quality, colours);

            var bytes = WebPCodeTables.FindMaxBytes(webp);

            Assert.True(bytes is > 0 and < 3_000 * WebPCodeTables.BytesOfSet, $"{side}, {quality}, {colours}: {bytes}");
            Assert.Null(Decoding.Of(webp).Fault);
        }
    }

    [Fact]
    public void FindMaxBytes_AlphaOfALossyWebP_IsRead()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(200, 100, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var i = 0; i < 200 * 100; i++)
        {
            bitmap.SetPixel(i % 200, i / 200, new SKColor(80, 90, 100, (byte)(i / 700 * 9)));
        }

        using var data = bitmap.PeekPixels()!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 50));
        var webp = data!.ToArray();

        Assert.NotEqual(-1, webp.AsSpan().IndexOf("ALPH"u8));
        Assert.InRange(WebPCodeTables.FindMaxBytes(webp) ?? 0, WebPCodeTables.BytesOfSet, 3_000 * WebPCodeTables.BytesOfSet);
        Assert.Null(Decoding.Of(webp).Fault);
    }

    [Fact]
    public void Identify_TiffOfTagsThatNameTheSameBytes_IsUnreadable()
    {
        var tiff = new TiffMaker(64, 64) { Padding = new byte[1_000_000], Extra = [.. Enumerable.Range(0, 200).Select(i => (40_000 + i, 1, 1_000_000u, 8u))] }.ToArray();

        var fault = Decoding.Of(tiff).Fault;

        Assert.Equal(ImageFaultKind.Unreadable, fault?.Kind);
        Assert.Contains("larger than the file", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_PngOfHalfAMillionTextsBeforeItsPixels_SaysWhatIsWrong()
    {
        var fault = Decoding.Of(new PngMaker(64, 64) { Before = WriteTexts }.ToArray()).Fault;

        Assert.Equal(ImageFaultKind.Unreadable, fault?.Kind);
        Assert.Contains("too many parts before its pixels", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_JpegOfTooManySegments_SaysWhatIsWrong()
    {
        var fault = Decoding.Of(new JpegMaker(64, 64) { Segments = [.. Enumerable.Repeat(((byte)0xFE, new byte[1]), 20_000)] }.ToArray()).Fault;

        Assert.Contains("too many parts before its pixels", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_PngOfHalfAMillionTextsBehindItsPixels_IsRead() =>
        Assert.Null(Decoding.Of(new PngMaker(64, 64) { After = WriteTexts }.ToArray()).Fault);

    private static void WriteTexts(Stream png)
    {
        for (var i = 0; i < 500_000; i++)
        {
            PngMaker.WriteChunk(png, "tEXt", [(byte)'a', 0, (byte)'b']);
        }
    }

    private static byte[] Encode(int side, int quality, int colours)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var random = new Random(side + quality);
        for (var i = 0; i < side * side; i++)
        {
            // Runs and noise: copies, literals and colours of the cache.
            var colour = random.Next(3) == 0 ? random.Next(colours) : i / 50 % colours;
            bitmap.SetPixel(i % side, i / side, new SKColor((byte)(colour * 37), (byte)(colour >> 3), (byte)(colour * 11)));
        }

        using var data = bitmap.PeekPixels()!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, quality));
        return data!.ToArray();
    }

    private static void AssertSays(ImageFault fault, long needed, long allowed)
    {
        var numbers = System.Text.RegularExpressions.Regex.Matches(fault.Detail, "[0-9]+").Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(2, numbers.Count);
        Assert.InRange(numbers[0], needed, needed + (needed / 4) + 20_000_000);
        Assert.Equal(allowed, numbers[1]);
    }
}
