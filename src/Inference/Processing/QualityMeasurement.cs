using Chitti.Domain;

namespace Chitti.Inference;

/// <summary>Measures <see cref="ImageQuality"/> on a filled input tensor. Not thread-safe.</summary>
internal sealed class QualityMeasurement(InputLayout input)
{
    private float[] _luma = [];

    public ImageQuality Measure(ReadOnlySpan<float> tensor, in Letterbox letterbox)
    {
        var (width, height) = (letterbox.Width, letterbox.Height);
        if (_luma.Length < width * height)
        {
            _luma = new float[input.Width * input.Height];
        }

        var luma = _luma.AsSpan(0, width * height);
        luma.Clear();
        AddChannel(tensor, letterbox, 0, 0.299f, luma);
        AddChannel(tensor, letterbox, 1, 0.587f, luma);
        AddChannel(tensor, letterbox, 2, 0.114f, luma);

        var sum = 0.0;
        foreach (var value in luma)
        {
            sum += value;
        }

        return new ImageQuality(sum / luma.Length, LaplacianVariance(luma, width, height));
    }

    private void AddChannel(ReadOnlySpan<float> tensor, in Letterbox letterbox, int channel, float weight, Span<float> luma)
    {
        var plane = tensor[(input.Planes[channel] * input.Width * input.Height)..];
        var (factor, offset) = (weight / input.Factor[channel], input.Offset[channel]);
        for (var y = 0; y < letterbox.Height; y++)
        {
            var source = plane.Slice(((letterbox.Top + y) * input.Width) + letterbox.Left, letterbox.Width);
            var target = luma.Slice(y * letterbox.Width, letterbox.Width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] += (source[x] - offset) * factor;
            }
        }
    }

    private static double LaplacianVariance(ReadOnlySpan<float> luma, int width, int height)
    {
        double sum = 0, squares = 0;
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                var value = luma[at - width] + luma[at - 1] - (4 * luma[at]) + luma[at + 1] + luma[at + width];
                sum += value;
                squares += value * value;
            }
        }
        var count = (double)Math.Max(0, width - 2) * Math.Max(0, height - 2);
        return count == 0 ? 0 : Math.Max(0, (squares / count) - (sum / count * (sum / count)));
    }
}
