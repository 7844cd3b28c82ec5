using Chitti.Domain;
using Chitti.Imaging;
using Chitti.Reports;
using Chitti.Tests;
using SkiaSharp;
using UglyToad.PdfPig;

namespace Chitti.Grains.Tests.Reports;

public class PdfPictureTests
{
    [Fact]
    public async Task Write_Jpeg_EmbedsItsBytesOnceAndUnchanged()
    {
        var jpeg = ReportSamples.Image();
        var pdf = await WriteAsync(ReportSamples.Item(image: jpeg, indications: [ReportSamples.Indication(1), ReportSamples.Indication(2)]));

        var first = pdf.AsSpan().IndexOf(jpeg);
        Assert.True(first > 0);
        Assert.Equal(-1, pdf.AsSpan(first + 1).IndexOf(jpeg));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Write_OtherFormat_ShowsThePicture(SKEncodedImageFormat format)
    {
        var pdf = await WriteAsync(ReportSamples.Item(image: ReportSamples.Image(format)));

        Assert.True(new PdfText(pdf).Contains("without loss"));
        Assert.Single(ImagesOf(pdf));
    }

    [Fact]
    public async Task Write_Tiff_ShowsThePicture()
    {
        var pdf = await WriteAsync(ReportSamples.Item(image: TestTiff.Grey(96, 64)));

        Assert.True(new PdfText(pdf).Contains("without loss"));
        Assert.Single(ImagesOf(pdf));
    }

    [Theory]
    [InlineData("four components")]
    [InlineData("rgb by adobe's marker")]
    public async Task Write_JpegThatSkiaWouldDecode_IsDecodedWithinTheMemoryBudget(string kind)
    {
        // Skia embeds grey and YCbCr only; others it would decode by itself, whatever that takes.
        var jpeg = new JpegMaker(400, 300);
        var image = (kind == "four components"
            ? jpeg with { Sampling = [(1, 1), (1, 1), (1, 1), (1, 1)] }
            : jpeg with { Segments = [(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0])] }).ToArray();

        Assert.True(new PdfText(await WriteAsync(ReportSamples.Item(image: image))).Contains("without loss"));
        var refused = await ReportSamples.WriteAsync(
            ReportSamples.Document(ReportSamples.Item(image: image)), ReportFormat.Pdf, new ImageDecoders(budget: new PixelBudget(100_000)));
        Assert.True(new PdfText(refused).Contains("bytes of memory; at most 100000 are allowed"));
    }

    [Fact]
    public async Task Write_JpegRotatedByExif_IsUprightAndKeepsItsScan()
    {
        var jpeg = ReportSamples.Image();
        var turned = WithOrientation(jpeg, 6);
        var pdf = await WriteAsync(ReportSamples.Item(image: turned) with { Width = 64, Height = 96 });

        Assert.True(pdf.AsSpan().IndexOf(jpeg.AsSpan(2)) > 0);
        var placed = Assert.Single(ImagesOf(pdf));
        // The stored top row, left to right, is shown as the right column, top to bottom.
        Assert.Equal(placed.TopLeft.X, placed.TopRight.X, 1);
        Assert.True(placed.TopRight.Y < placed.TopLeft.Y);
        Assert.True(placed.BottomLeft.X < placed.TopLeft.X);
    }

    [Fact]
    public async Task Write_DeletedBytes_SaysSo()
    {
        var item = ReportSamples.Item(indications: [ReportSamples.Indication(1)]);
        var pdf = await WriteAsync(item with { LoadImage = _ => ValueTask.FromResult<ReadOnlyMemory<byte>?>(null) });

        Assert.True(new PdfText(pdf).Contains("The image was deleted"));
        Assert.Empty(ImagesOf(pdf));
    }

    [Fact]
    public async Task Write_OtherBytesThanInspected_ShowsNoPicture()
    {
        var other = ReportSamples.Image(width: 32);
        var pdf = await WriteAsync(ReportSamples.Item() with { LoadImage = _ => ValueTask.FromResult<ReadOnlyMemory<byte>?>(other) });

        Assert.True(new PdfText(pdf).Contains("do not match the recorded SHA-256"));
        Assert.Empty(ImagesOf(pdf));
    }

    [Fact]
    public async Task Write_BytesThatAreNoImage_SaysSo()
    {
        var pdf = await WriteAsync(ReportSamples.Item(image: [1, 2, 3, 4, 5]));

        Assert.True(new PdfText(pdf).Contains("The image can't be decoded."));
    }

    [Fact]
    public async Task Write_ManyFiles_AsksForEachImageOnce()
    {
        var asked = new int[30];
        var items = Enumerable.Range(0, asked.Length).Select(i =>
        {
            var item = ReportSamples.Item(indications: [ReportSamples.Indication(1)]);
            return item with
            {
                LoadImage = cancellationToken =>
                {
                    asked[i]++;
                    return item.LoadImage(cancellationToken);
                },
            };
        }).ToList();
        await ReportSamples.WriteAsync(ReportSamples.Document(items), ReportFormat.Pdf);

        Assert.All(asked, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(0, 0, 10, 10)]
    [InlineData(90, 60, 20, 20)]
    [InlineData(5, 5, 90, 4)]
    public void Surroundings_AnyBox_ContainTheBox(float x, float y, float width, float height)
    {
        var box = new Box(x, y, Math.Min(width, 96 - x), Math.Min(height, 64 - y));
        var area = PictureDrawing.Surroundings(box, 96, 64, 1.5f);

        Assert.True(area.Contains(SKRect.Create(box.X, box.Y, box.Width, box.Height)));
        Assert.Equal(1.5f, area.Width / area.Height, 3);
    }

    private static Task<byte[]> WriteAsync(ReportItem item) => ReportSamples.WriteAsync(ReportSamples.Document(item), ReportFormat.Pdf);

    private static List<UglyToad.PdfPig.Core.PdfRectangle> ImagesOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().SelectMany(p => p.GetImages()).Select(i => i.BoundingBox)];
    }

    /// <summary>The JPEG with an EXIF segment after its start marker whose only tag is the orientation.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        .. jpeg[..2],
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        .. jpeg[2..],
    ];
}
