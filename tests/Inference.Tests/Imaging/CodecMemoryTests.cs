using System.Runtime.InteropServices;
using Chitti.Imaging;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>Runs while nothing else does: it measures the process.</summary>
[CollectionDefinition(nameof(CodecMemoryTests), DisableParallelization = true)]
[Collection(nameof(CodecMemoryTests))]
public sealed partial class CodecMemoryTests
{
    // Moves by itself: what the runtime compiles, and pages of other threads.
    private const long Noise = 4_000_000;

    private const int Side = 4_000;
    private static readonly (int, int) _one = (1, 1);

    public static TheoryData<string> Kinds => [.. Images.Keys];

    private static Dictionary<string, Func<byte[]>> Images { get; } = new()
    {
        ["png rgb 8"] = () => new PngMaker(Side, Side).ToArray(),
        ["png rgb 8 interlaced"] = () => new PngMaker(Side, Side) { Interlaced = true }.ToArray(),
        ["png rgb 16 interlaced"] = () => new PngMaker(Side, Side) { Bits = 16, Interlaced = true }.ToArray(),
        ["png rgba 16 interlaced"] = () => new PngMaker(Side, Side) { ColourType = 6, Bits = 16, Interlaced = true }.ToArray(),
        ["png grey 16 interlaced"] = () => new PngMaker(Side, Side) { ColourType = 0, Bits = 16, Interlaced = true }.ToArray(),
        ["png grey-alpha 16 interlaced"] = () => new PngMaker(Side, Side) { ColourType = 4, Bits = 16, Interlaced = true }.ToArray(),
        ["png palette interlaced"] = () => new PngMaker(Side, Side) { ColourType = 3, Interlaced = true }.ToArray(),
        ["png rgb 16 with a transparent colour, interlaced"] = () =>
            new PngMaker(Side, Side) { Bits = 16, Interlaced = true, Before = png => PngMaker.WriteChunk(png, "tRNS", [0, 1, 0, 1, 0, 1]) }.ToArray(),
        ["png with texts that inflate"] = () => new PngMaker(64, 64) { Before = png => WriteMany(png, 100, "zTXt", [(byte)'a', 0, 0, .. Inflating()]) }.ToArray(),
        ["png with a profile that inflates"] = () => new PngMaker(64, 64) { Before = png => WriteMany(png, 1, "iCCP", [(byte)'a', 0, 0, .. Inflating()]) }.ToArray(),
        ["png with suggested palettes"] = () => new PngMaker(64, 64) { Before = png => WriteMany(png, 100, "sPLT", [(byte)'a', 0, 8, .. new byte[600_000]]) }.ToArray(),
        ["jpeg baseline"] = () => new JpegMaker(Side, Side).ToArray(),
        ["jpeg baseline in three scans"] = () => new JpegMaker(Side, Side) { Interleaved = false }.ToArray(),
        ["jpeg progressive 4:4:4"] = () => new JpegMaker(Side, Side) { Progressive = true }.ToArray(),
        ["jpeg progressive 4:2:0"] = () => new JpegMaker(Side, Side) { Progressive = true, Sampling = [(2, 2), _one, _one] }.ToArray(),
        ["jpeg progressive, colour above brightness"] = () => new JpegMaker(Side, Side) { Progressive = true, Sampling = [_one, (2, 2), (2, 2)] }.ToArray(),
        ["jpeg progressive grey"] = () => new JpegMaker(Side, Side) { Progressive = true, Sampling = [_one] }.ToArray(),
        ["jpeg progressive of four components"] = () => new JpegMaker(Side, Side) { Progressive = true, Sampling = [_one, _one, _one, _one] }.ToArray(),
        ["jpeg progressive, wide"] = () => new JpegMaker(30_000, 600) { Progressive = true, Sampling = [(4, 1), _one, _one] }.ToArray(),
        ["jpeg with a profile"] = () =>
            new JpegMaker(64, 64) { Segments = [.. Enumerable.Range(1, 255).Select(i => ((byte)0xE2, (byte[])[.. "ICC_PROFILE\0"u8, (byte)i, 255, .. new byte[65_000]]))] }.ToArray(),
        ["webp lossy"] = () => TestImages.EncodeNoise(SKEncodedImageFormat.Webp, 2_000, 2_000),
        ["webp lossless"] = () => WebPMaker.Lossless(Side, Side),
        ["webp of many code sets"] = () => WebPMaker.Lossless(512, 512, 16_384),
        ["webp of many large code sets"] = () => WebPMaker.Lossless(512, 512, 16_384, costly: true),
        ["webp animation"] = () => WebPMaker.Extended(
            Side, Side, 2, ("ANIM", new byte[6]), WebPMaker.Frame(0, 0, Side, Side, 0, ("VP8L", WebPMaker.LosslessChunk(Side, Side)))),
        ["bmp 24"] = () => new BmpMaker(Side, Side).ToArray(),
        ["bmp of runs"] = () => new BmpMaker(Side, Side) { Bits = 8, Compression = 1 }.ToArray(),
        ["tiff"] = () => new TiffMaker(Side, Side).ToArray(),
        ["tiff 16 planar"] = () => new TiffMaker(2_000, 2_000) { Bits = 16, Samples = 4, Planar = true, RowsPerStrip = 2_000 }.ToArray(),
        ["tiff lzw in one strip"] = () => new TiffMaker(2_000, 2_000) { Compression = 5, RowsPerStrip = 2_000 }.ToArray(),
        ["tiff of large tags"] = () => new TiffMaker(64, 64) { Padding = new byte[20_000_000], Extra = [(40_000, 1, 19_000_000, 8)] }.ToArray(),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TryDecode_Kind_TakesNoMoreMemoryThanTheBudgetCounts(string kind)
    {
        var image = Images[kind]();
        foreach (var enough in new Func<int, int, (int, int)>?[] { null, (width, height) => (width / 10, height / 10) })
        {
            AssertCounted(kind, budget =>
            {
                using var decoder = new ImageDecoder(new() { DecodeTimeout = TimeSpan.FromMinutes(5) }, TimeProvider.System, budget);
                Assert.True(decoder.TryDecode(image, enough, out var decoded, out var fault), fault?.Detail);
                decoded.Dispose();
            });
        }
    }

    [Theory]
    [InlineData("jpeg baseline", 1)]
    [InlineData("jpeg progressive 4:4:4", 1)]
    [InlineData("jpeg baseline", 6)]
    [InlineData("png rgb 8", 1)]
    public void RenderJpeg_Annotated_TakesNoMoreMemoryThanTheBudgetCounts(string kind, int orientation)
    {
        using var fonts = FontFaces.Load();
        var image = orientation == 1 ? Images[kind]() : TestImages.WithExif(Images[kind](), TestImages.OrientationBlock(orientation));

        AssertCounted(kind, budget => Assert.NotNull(AnnotatedImage.RenderJpeg(image, [], fonts, new(budget: budget)).Jpeg));
    }

    [Fact]
    public void RenderJpeg_HundredMegapixels_FitTheDefaultBudget()
    {
        var jpeg = TestImages.WithExif(new JpegMaker(10_000, 10_000).ToArray(), TestImages.OrientationBlock(6));
        using var fonts = FontFaces.Load();

        Assert.NotNull(AnnotatedImage.RenderJpeg(jpeg, [], fonts, new(new() { DecodeTimeout = TimeSpan.FromMinutes(5) })).Jpeg);
    }

    private static void AssertCounted(string kind, Action<PixelBudget> act)
    {
        // A first round compiles the code and fills what is kept.
        act(new(1L << 40));
        if (!OperatingSystem.IsLinux() || !TryResetPeak())
        {
            NotRun.Say("memory of codecs: needs Linux and /proc/self/clear_refs");
            return;
        }

        // What other threads take comes on top, at random; bytes that are not counted are missing each time.
        (long Peak, long Counted) measured;
        var rounds = 0;
        do
        {
            measured = Measure(act);
        }
        while (measured.Peak > measured.Counted + Noise && ++rounds < 3);
        Assert.True(measured.Peak <= measured.Counted + Noise, $"{kind}: {measured.Peak} bytes at the peak, {measured.Counted} counted");
    }

    private static (long Peak, long Counted) Measure(Action<PixelBudget> act)
    {
        var budget = new PixelBudget(1L << 40);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Assert.True(malloc_trim(0) >= 0 && TryResetPeak());
        var before = Status("VmRSS");
        act(budget);
        var peak = Status("VmHWM") - before;
        Assert.Equal(0, budget.UsedBytes);
        return (peak, budget.MostUsedBytes);
    }

    private static void WriteMany(Stream png, int count, string name, byte[] content)
    {
        for (var i = 0; i < count; i++)
        {
            PngMaker.WriteChunk(png, name, content);
        }
    }

    private static byte[] Inflating() => PngMaker.Deflate(zlib => zlib.Write(new byte[7_900_000]));

    private static bool TryResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static long Status(string name) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture) * 1024;

#pragma warning disable IDE1006 // The name is the library's.
    [LibraryImport("libc")]
    private static partial int malloc_trim(nint pad);
#pragma warning restore IDE1006
}
