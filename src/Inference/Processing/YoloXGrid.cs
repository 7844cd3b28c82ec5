namespace Chitti.Inference;

/// <summary>
/// YOLOX's grids (arXiv:2107.08430; demo_postprocess of its repository): one row per cell, for strides 8, 16 and 32 in turn,
/// each grid row by row; centre = (xy + cell) * stride, size = exp(wh) * stride.
/// </summary>
internal static class YoloXGrid
{
    private static ReadOnlySpan<int> Strides => [8, 16, 32];

    public static long CellCount(int width, int height)
    {
        var cells = 0L;
        foreach (var stride in Strides)
        {
            cells += (long)(width / stride) * (height / stride);
        }

        return cells;
    }

    /// <summary>Turns raw boxes into centre and size in input pixels, in place.</summary>
    public static void Decode(Span<float> output, int columns, int width, int height)
    {
        foreach (var stride in Strides)
        {
            for (var y = 0; y < height / stride; y++)
            {
                for (var x = 0; x < width / stride; x++, output = output[columns..])
                {
                    output[0] = (output[0] + x) * stride;
                    output[1] = (output[1] + y) * stride;
                    output[2] = MathF.Exp(output[2]) * stride;
                    output[3] = MathF.Exp(output[3]) * stride;
                }
            }
        }
    }
}
