using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public sealed class RenderingTests : IDisposable
{
    private readonly FontFaces _fonts = FontFaces.Load();

    public void Dispose() => _fonts.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void RenderJpeg_Orientation_AgreesWithDecoder(int orientation)
    {
        var encoded = TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(orientation));
        var expected = Decoding.Of(encoded);

        var found = Decoding.Of(AnnotatedImage.RenderJpeg(encoded, [], _fonts, new()).Jpeg!);

        Assert.Equal((expected.Width, expected.Height), (found.Width, found.Height));
        Assert.InRange(found[3, 3].R, expected[3, 3].R - 12, expected[3, 3].R + 12);
        Assert.InRange(found[3, 3].B, expected[3, 3].B - 12, expected[3, 3].B + 12);
    }

    [Fact]
    public void RenderJpeg_Annotations_DrawsFrameAndLabel()
    {
        var encoded = TestImages.Encode(SKEncodedImageFormat.Png, 400, 300);

        var image = Decoding.Of(AnnotatedImage.RenderJpeg(encoded, [new Annotation(100, 100, 80, 60, "short 0.93", AnnotationColour.Blue)], _fonts, new()).Jpeg!);

        Assert.Equal((400, 300), (image.Width, image.Height));
        // The left edge of the frame is blue on red, with white letters above it.
        Assert.InRange(image[100, 130].B, 100, 230);
        var label = Enumerable.Range(84, 16).SelectMany(y => Enumerable.Range(100, 60).Select(x => image[x, y]));
        Assert.Contains(label, pixel => pixel is { R: > 200, G: > 200, B: > 200 });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(390, 295)]
    [InlineData(-50, -50)]
    public void RenderJpeg_AnnotationAtEdge_KeepsLabelInside(float x, float y)
    {
        var encoded = TestImages.Encode(SKEncodedImageFormat.Png, 400, 300);

        var image = Decoding.Of(AnnotatedImage.RenderJpeg(encoded, [new Annotation(x, y, 60, 30, "a label of some length", AnnotationColour.Grey)], _fonts, new()).Jpeg!);

        Assert.Contains(image.Pixels, pixel => pixel is { R: > 225, G: > 225, B: > 225 });

        // A label half outside would show half of its grey background.
        var inside = Decoding.Of(AnnotatedImage.RenderJpeg(encoded, [new Annotation(100, 100, 60, 30, "a label of some length", AnnotationColour.Grey)], _fonts, new()).Jpeg!);
        Assert.InRange(Greys(image), 0.65 * Greys(inside), 1.2 * Greys(inside));

        static double Greys(Decoding image) => image.Pixels.Count(pixel => pixel is { R: > 110 and < 145, G: > 110 and < 145, B: > 110 and < 145 });
    }

    [Fact]
    public void RenderJpeg_NotAnImage_IsFault() =>
        Assert.Equal(ImageFaultKind.UnknownFormat, AnnotatedImage.RenderJpeg("no image"u8.ToArray(), [], _fonts, new()).Fault?.Kind);

    [Theory]
    [InlineData(1000, 500, 320, 160)]
    [InlineData(100, 50, 100, 50)]
    public void RenderJpeg_Thumbnail_FitsLongerSide(int width, int height, int expectedWidth, int expectedHeight)
    {
        var image = Decoding.Of(Thumbnail.RenderJpeg(TestImages.Encode(SKEncodedImageFormat.Jpeg, width, height), new()).Jpeg!);

        Assert.Equal((expectedWidth, expectedHeight), (image.Width, image.Height));
        Assert.InRange(image[3, 3].R, 190, 210);
    }

    [Fact]
    public void Load_FolderWithoutFonts_SaysWhatToDo()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var message = Assert.Throws<FileNotFoundException>(() => FontFaces.Load(folder.FullName)).Message;

            Assert.Contains("DejaVuSans.ttf", message, StringComparison.Ordinal);
            Assert.Contains("fonts-dejavu-core", message, StringComparison.Ordinal);
            Assert.Contains(folder.FullName, message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete();
        }
    }
}
