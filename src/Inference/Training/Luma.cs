using System.Numerics.Tensors;

namespace Chitti.Inference;

/// <summary>Luma (ITU-R BT.601) of what is in an input tensor.</summary>
internal static class Luma
{
    private static ReadOnlySpan<float> Weights => [0.299f, 0.587f, 0.114f];

    /// <param name="tensor">[3, H, W], planes R, G and B as the preprocessor fills them.</param>
    /// <param name="input">How it fills them.</param>
    /// <param name="letterbox">Where the picture is.</param>
    /// <param name="luma">Receives 0..255, row by row, without padding.</param>
    public static void Read(ReadOnlySpan<float> tensor, InputLayout input, in Letterbox letterbox, Span<float> luma)
    {
        luma.Clear();
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = tensor[(input.Planes[channel] * input.Width * input.Height)..];
            var factor = Weights[channel] / input.Factor[channel];
            for (var y = 0; y < letterbox.Height; y++)
            {
                var source = plane.Slice(((letterbox.Top + y) * input.Width) + letterbox.Left, letterbox.Width);
                var target = luma.Slice(y * letterbox.Width, letterbox.Width);
                TensorPrimitives.MultiplyAdd(source, factor, target, target);
            }

            TensorPrimitives.Add(luma, -input.Offset[channel] * factor, luma);
        }
    }
}
