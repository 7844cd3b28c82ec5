using System.Runtime.Intrinsics;
using Chitti.Imaging;

namespace Chitti.Inference;

/// <summary>
/// Resizes, pads, normalises and splits into planes in one pass. Bilinear between pixel centres, like OpenCV's INTER_LINEAR:
/// source = (target + 0.5) * sourceSide / targetSide - 0.5, with the border replicated. Not thread-safe.
/// </summary>
internal sealed unsafe class Preprocessor
{
    private readonly InputLayout _input;
    private readonly int[] _nearColumn;
    private readonly int[] _farColumn;
    private readonly float[] _columnWeight;
    private readonly float[] _upper;
    private readonly float[] _lower;
    private Letterbox _padded;

    public Preprocessor(InputLayout input)
    {
        _input = input;
        _nearColumn = new int[input.Width];
        _farColumn = new int[input.Width];
        _columnWeight = new float[input.Width];
        _upper = new float[4 * input.Width];
        _lower = new float[4 * input.Width];
    }

    /// <param name="image">An image, or a part of one, at full or reduced scale.</param>
    /// <param name="letterbox">Fit of the original, or of the part at full scale.</param>
    /// <param name="tensor">[3, H, W]; must be the same memory in every call, because unchanged padding is not written again.</param>
    public void Fill(in PixelView image, in Letterbox letterbox, Span<float> tensor)
    {
        if (_padded != letterbox)
        {
            Pad(tensor);
        }

        _padded = letterbox;
        fixed (float* planes = tensor)
        {
            if (image.Width == letterbox.Width && image.Height == letterbox.Height && image.ColumnStride == 4)
            {
                Copy(image, letterbox, planes);
            }
            else
            {
                Resize(image, letterbox, planes);
            }
        }
    }

    private void Pad(Span<float> tensor)
    {
        var area = _input.Width * _input.Height;
        for (var channel = 0; channel < 3; channel++)
        {
            tensor.Slice(_input.Planes[channel] * area, area).Fill((_input.PaddingColour[channel] * _input.Factor[channel]) + _input.Offset[channel]);
        }
    }

    private float* Row(float* planes, int channel, in Letterbox letterbox, int y) =>
        planes + (((long)_input.Planes[channel] * _input.Height) + letterbox.Top + y) * _input.Width + letterbox.Left;

    private void Copy(in PixelView image, in Letterbox letterbox, float* planes)
    {
        var mask = Vector256.Create(0xFF);
        for (var y = 0; y < image.Height; y++)
        {
            var source = image.Pixels + (y * image.RowStride);
            for (var channel = 0; channel < 3; channel++)
            {
                var target = Row(planes, channel, letterbox, y);
                var (factor, offset) = (_input.Factor[channel], _input.Offset[channel]);
                var x = 0;
                for (; x <= image.Width - Vector256<int>.Count; x += Vector256<int>.Count)
                {
                    var values = Vector256.ShiftRightLogical(Vector256.Load((int*)(source + (4 * x))), 8 * channel) & mask;
                    ((Vector256.ConvertToSingle(values) * factor) + Vector256.Create(offset)).Store(target + x);
                }
                for (; x < image.Width; x++)
                {
                    target[x] = (source[(4 * x) + channel] * factor) + offset;
                }
            }
        }
    }

    private void Resize(in PixelView image, in Letterbox letterbox, float* planes)
    {
        for (var x = 0; x < letterbox.Width; x++)
        {
            (_nearColumn[x], _farColumn[x], _columnWeight[x]) = Source(x, image.Width, letterbox.Width);
        }

        var factor = Vector128.Create(_input.Factor[0], _input.Factor[1], _input.Factor[2], 0);
        var offset = Vector128.Create(_input.Offset[0], _input.Offset[1], _input.Offset[2], 0);
        var (upper, lower) = (_upper, _lower);
        int upperRow = -1, lowerRow = -1;
        for (var y = 0; y < letterbox.Height; y++)
        {
            var (near, far, weight) = Source(y, image.Height, letterbox.Height);
            if (near == lowerRow)
            {
                (upper, lower, upperRow, lowerRow) = (lower, upper, lowerRow, upperRow);
            }

            if (near != upperRow)
            {
                ResizeRow(image, near, upper, letterbox.Width);
            }

            if (far != lowerRow)
            {
                ResizeRow(image, far, lower, letterbox.Width);
            }

            (upperRow, lowerRow) = (near, far);

            var red = Row(planes, 0, letterbox, y);
            var green = Row(planes, 1, letterbox, y);
            var blue = Row(planes, 2, letterbox, y);
            fixed (float* above = upper, below = lower)
            {
                for (var x = 0; x < letterbox.Width; x++)
                {
                    var top = Vector128.Load(above + (4 * x));
                    var value = ((top + ((Vector128.Load(below + (4 * x)) - top) * weight)) * factor) + offset;
                    red[x] = value.GetElement(0);
                    green[x] = value.GetElement(1);
                    blue[x] = value.GetElement(2);
                }
            }
        }
    }

    private void ResizeRow(in PixelView image, int y, float[] target, int width)
    {
        var row = image.Pixels + (y * image.RowStride);
        fixed (float* pixels = target)
        {
            for (var x = 0; x < width; x++)
            {
                var near = Pixel(row + (_nearColumn[x] * image.ColumnStride));
                var far = Pixel(row + (_farColumn[x] * image.ColumnStride));
                (near + ((far - near) * _columnWeight[x])).Store(pixels + (4 * x));
            }
        }
    }

    private static Vector128<float> Pixel(byte* pixel)
    {
        var bytes = Vector128.CreateScalarUnsafe(*(uint*)pixel).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    private static (int Near, int Far, float Weight) Source(int target, int sourceSide, int targetSide)
    {
        var position = ((target + 0.5) * sourceSide / targetSide) - 0.5;
        if (position <= 0)
        {
            return (0, 0, 0);
        }

        var near = (int)position;
        return near >= sourceSide - 1 ? (sourceSide - 1, sourceSide - 1, 0) : (near, near + 1, (float)(position - near));
    }
}
