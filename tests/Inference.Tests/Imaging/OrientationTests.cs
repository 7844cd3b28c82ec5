using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Inference.Tests;

public class OrientationTests
{
    private const int Width = 96;
    private const int Height = 64;

    [Theory]
    [InlineData(1, 0, 0, 96, 0)]
    [InlineData(2, 96, 0, 0, 0)]
    [InlineData(3, 96, 64, 0, 64)]
    [InlineData(4, 0, 64, 96, 64)]
    [InlineData(5, 0, 0, 0, 96)]
    [InlineData(6, 64, 0, 64, 96)]
    [InlineData(7, 64, 96, 64, 0)]
    [InlineData(8, 0, 96, 0, 0)]
    public void ToUpright_EachOrientation_PutsTheStoredTopRowWhereExifSays(int orientation, float fromX, float fromY, float toX, float toY)
    {
        var matrix = Orientation.ToUpright(orientation, Width, Height);

        Assert.Equal(new SKPoint(fromX, fromY), matrix.MapPoint(0, 0));
        Assert.Equal(new SKPoint(toX, toY), matrix.MapPoint(Width, 0));
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
    public void Strides_EachOrientation_AgreeWithTheTransform(int orientation)
    {
        var (origin, column, row) = Orientation.Strides(orientation, Width, Height, pixelBytes: 1);
        var matrix = Orientation.ToUpright(orientation, Width, Height);

        foreach (var (x, y) in new[] { (0, 0), (Width - 1, 0), (0, Height - 1), (Width - 1, Height - 1), (17, 5) })
        {
            // The centre of a stored pixel is the centre of an upright one.
            var upright = matrix.MapPoint(x + 0.5f, y + 0.5f);
            Assert.Equal((y * Width) + x, origin + ((int)upright.X * column) + ((int)upright.Y * row));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reset_RotatedJpeg_ChangesOnlyTheTag(bool bigEndian)
    {
        var turned = TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(6, bigEndian));

        var reset = UprightJpeg.Reset(turned);

        Assert.Equal(6, UprightJpeg.FindOrientation(turned));
        Assert.Equal(Orientation.Upright, UprightJpeg.FindOrientation(reset));
        Assert.Equal(TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(1, bigEndian)), reset.ToArray());
    }

    [Fact]
    public void Reset_SecondExifSegment_IsUprightToo()
    {
        var jpeg = TestImages.Encode(SKEncodedImageFormat.Jpeg);
        var twice = TestImages.WithExif(TestImages.WithExif(jpeg, TestImages.OrientationBlock(8)), TestImages.OrientationBlock(3));

        var reset = UprightJpeg.Reset(twice);

        using var codec = SKCodec.Create(SKData.CreateCopy(reset.Span));
        Assert.Equal(SKEncodedOrigin.TopLeft, codec.EncodedOrigin);
        Assert.Equal(2, twice.Zip(reset.ToArray()).Count(bytes => bytes.First != bytes.Second));
    }

    [Fact]
    public void Reset_UprightJpeg_IsTheSameMemory()
    {
        ReadOnlyMemory<byte> jpeg = TestImages.WithExif(TestImages.Encode(SKEncodedImageFormat.Jpeg), TestImages.OrientationBlock(1));

        Assert.Equal(jpeg, UprightJpeg.Reset(jpeg));
    }

    [Fact]
    public void FindOrientation_NotAJpeg_IsNull()
    {
        Assert.Null(UprightJpeg.FindOrientation(TestImages.Encode(SKEncodedImageFormat.Png)));
        Assert.Null(UprightJpeg.FindOrientation(Array.Empty<byte>()));
        Assert.Null(UprightJpeg.FindOrientation(TestImages.Encode(SKEncodedImageFormat.Jpeg).AsMemory(0, 20)));
    }
}
