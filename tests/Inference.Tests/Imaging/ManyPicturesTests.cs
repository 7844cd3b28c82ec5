using BitMiracle.LibTiff.Classic;
using Chitti.Imaging;
using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>Of a file with several pictures only one would be inspected.</summary>
public class ManyPicturesTests
{
    private const byte Disparity = 2;
    private const byte GainMap = 0;

    public static TheoryData<FileType?[]> Pages => new(
        [null, null], [FileType.PAGE, FileType.PAGE], [null, FileType.REDUCEDIMAGE, null], [FileType.REDUCEDIMAGE, null]);

    public static TheoryData<FileType?[]> OnePage => new([FileType.PAGE], [null, FileType.REDUCEDIMAGE], [null, FileType.REDUCEDIMAGE, FileType.MASK]);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Identify_TiffOfPages_IsRefused(FileType?[] kinds)
    {
        AssertRefused(TestImages.TiffOf(kinds), "pages");
        Assert.Equal(ImageFaultKind.ManyPictures, Decoding.Of(TestImages.TiffOf(kinds)).Fault?.Kind);
    }

    [Theory]
    [MemberData(nameof(OnePage))]
    public void Identify_TiffOfOnePageAndItsCopies_GivesThePage(FileType?[] kinds) =>
        Assert.Equal(new ImageHeader(ImageFormat.Tiff, 48, 32, 1), Identify(TestImages.TiffOf(kinds)).Header);

    [Fact]
    public void Identify_TiffOfReducedCopyAndSubdirectory_IsRefused() => AssertRefused(
        new TiffMaker(48, 32) { Extra = [(254, 4, 1, 1), (330, 4, 1, 8)] }.ToArray(), "a reduced copy before its original");

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(1, true, false)]
    [InlineData(1, false, true)]
    [InlineData(0, false, false)]
    public void Identify_AnimatedPng_IsRefusedIfItHasAnotherFrame(byte frames, bool pixelsAreFrame, bool refused)
    {
        var png = new PngMaker(48, 32)
        {
            Before = output =>
            {
                PngMaker.WriteChunk(output, "acTL", [0, 0, 0, frames, 0, 0, 0, 0]);
                if (pixelsAreFrame)
                {
                    PngMaker.WriteChunk(output, "fcTL", new byte[26]);
                }
            },
        };
        if (refused)
        {
            AssertRefused(png.ToArray(), "frames of an animation");
        }
        else
        {
            Assert.Equal(new ImageHeader(ImageFormat.Png, 48, 32, 1), Identify(png.ToArray()).Header);
        }
    }

    [Fact]
    public void Identify_AnimatedWebP_IsRefused() => AssertRefused(Animation(20_000), "frames of an animation");

    [Fact]
    public void TryDecode_AnimatedWebPOfOneFrame_GivesIt()
    {
        var image = Decoding.Of(Animation(1));

        Assert.Null(image.Fault);
        Assert.InRange(image[2, 2].R, 190, 210);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Identify_StereoJpeg_IsRefused(bool bigEndian) => AssertRefused(WithList(Disparity, bigEndian), "views of a multi-picture JPEG");

    [Fact]
    public void Identify_JpegWithGainMap_GivesHeader() =>
        Assert.Equal(new ImageHeader(ImageFormat.Jpeg, 48, 32, 1), Identify(WithList(GainMap, bigEndian: true)).Header);

    [Fact]
    public void Identify_JpegWithDamagedList_GivesHeader()
    {
        var jpeg = WithList(Disparity, bigEndian: true);
        for (var at = 8; at < 60; at++)
        {
            byte[] damaged = [.. jpeg];
            damaged[at] = 0xFF;

            // Refused or read, but never an exception.
            _ = Identify(damaged);
        }
    }

    private static void AssertRefused(byte[] file, string which)
    {
        var fault = Identify(file).Fault;

        Assert.Equal(new ImageFault(ImageFaultKind.ManyPictures, $"The file holds several pictures ({which}); send one picture per file."), fault);
    }

    private static ImageIdentification Identify(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return ImageIdentifier.Identify(stream, new ImageLimits(), PixelBudgetOptions.DefaultBytes);
    }

    /// <summary>A JPEG with the list of a multi-picture file: the primary picture and one other.</summary>
    private static byte[] WithList(byte type, bool bigEndian)
    {
        using var block = new MemoryStream();
        void Write(uint value, int bytes)
        {
            for (var i = 0; i < bytes; i++)
            {
                block.WriteByte((byte)(value >> (8 * (bigEndian ? bytes - 1 - i : i))));
            }
        }

        block.Write(bigEndian ? "MM\0*"u8 : "II*\0"u8);
        Write(8, 4);
        Write(2, 2);
        Write(0xB001, 2);
        Write(4, 2);
        Write(1, 4);
        Write(2, 4);
        Write(0xB002, 2);
        Write(7, 2);
        Write(32, 4);
        Write(38, 4);
        Write(0, 4);
        foreach (var attribute in new[] { 0x030000u, (uint)type << 16 })
        {
            Write(attribute, 4);
            Write(0, 12);
        }

        byte[] content = [.. "MPF\0"u8, .. block.ToArray()];
        var length = content.Length + 2;
        var jpeg = TestImages.Encode(SKEncodedImageFormat.Jpeg);
        return [.. jpeg[..2], 0xFF, 0xE2, (byte)(length >> 8), (byte)length, .. content, .. jpeg[2..]];
    }

    private static byte[] Animation(int frames)
    {
        var chunk = TestImages.Encode(SKEncodedImageFormat.Webp)[12..];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(4 + 18 + 14 + (frames * (8 + 16 + chunk.Length)));
        writer.Write("WEBPVP8X"u8);
        writer.Write(10);
        // The flags of an animation with EXIF: the EXIF block after the frames is not searched for.
        writer.Write([0x02 | 0x08, 0, 0, 0, 47, 0, 0, 31, 0, 0]);
        writer.Write("ANIM"u8);
        writer.Write(6);
        writer.Write(new byte[6]);
        for (var frame = 0; frame < frames; frame++)
        {
            writer.Write("ANMF"u8);
            writer.Write(16 + chunk.Length);
            writer.Write([0, 0, 0, 0, 0, 0, 47, 0, 0, 31, 0, 0, 10, 0, 0, 0]);
            writer.Write(chunk);
        }
        writer.Flush();
        return stream.ToArray();
    }
}
