using FsCheck.Xunit;

namespace Chitti.Inference.Tests;

public sealed class LetterboxTests
{
    [Property]
    public bool Fit_AnyImage_StaysInsideInput(ushort width, ushort height, bool bottomRight)
    {
        var input = Input(bottomRight);
        var box = Letterbox.Fit(width + 1, height + 1, input);
        return box.Left >= 0 && box.Top >= 0 && box.Width >= 1 && box.Height >= 1
            && box.Left + box.Width <= input.Width && box.Top + box.Height <= input.Height
            && (!bottomRight || (box.Left == 0 && box.Top == 0));
    }

    [Property]
    public bool ToImage_AnyBox_IsInverseOfFit(ushort width, ushort height, byte left, byte top, bool bottomRight)
    {
        var box = Letterbox.Fit(width + 1, height + 1, Input(bottomRight));
        var (x, y) = ((left * box.Ratio) + box.Left, (top * box.Ratio) + box.Top);

        var found = box.ToImage(new Candidate(1, 0, x, y, x + (10 * box.Ratio), y + (20 * box.Ratio)));

        // At the far edge of the input a float resolves 1/16384 of a pixel, which the ratio magnifies.
        var tolerance = 0.001f + (0.001f / box.Ratio);
        return Math.Abs(found.X - left) < tolerance && Math.Abs(found.Y - top) < tolerance
            && Math.Abs(found.Width - 10) < tolerance && Math.Abs(found.Height - 20) < tolerance;
    }

    [Theory]
    [InlineData(1280, 720, 640, 360, 0, 140)]
    [InlineData(810, 1080, 480, 640, 80, 0)]
    [InlineData(641, 640, 640, 639, 0, 0)]
    public void Fit_Centred_AgreesWithUltralytics(int width, int height, int scaledWidth, int scaledHeight, int left, int top)
    {
        var box = Letterbox.Fit(width, height, Input(bottomRight: false));

        Assert.Equal((scaledWidth, scaledHeight, left, top), (box.Width, box.Height, box.Left, box.Top));
    }

    private static InputLayout Input(bool bottomRight) => new()
    {
        Width = 640,
        Height = 640,
        Planes = [0, 1, 2],
        Factor = [1, 1, 1],
        Offset = [0, 0, 0],
        PaddingColour = [114, 114, 114],
        PaddingPlace = bottomRight ? PaddingPlace.BottomRight : PaddingPlace.Center,
    };
}
