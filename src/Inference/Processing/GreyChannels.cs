using System.Numerics.Tensors;
using Chitti.Registration;

namespace Chitti.Inference;

/// <summary>
/// Makes the planes of a model that sees grey levels, from the planes R, G and B that the preprocessor has filled. Not
/// thread-safe.
/// </summary>
internal sealed class GreyChannels(InputLayout input)
{
    /// <summary>8-bit level of the third plane where picture and reference are equal.</summary>
    public const float NoDifference = 127.5f;

    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    private byte[] _reference = [];

    public static float Of(float red, float green, float blue) => (Red * red) + (Green * green) + (Blue * blue);

    /// <summary>Puts the grey levels into the first plane.</summary>
    /// <param name="letterbox">Where the picture is.</param>
    /// <param name="tensor">[3, H, W].</param>
    public void Fill(in Letterbox letterbox, Span<float> tensor)
    {
        for (var y = 0; y < letterbox.Height; y++)
        {
            var grey = Row(tensor, 0, letterbox, y);
            TensorPrimitives.Multiply(grey, Red, grey);
            TensorPrimitives.MultiplyAdd(Row(tensor, 1, letterbox, y), Green, grey, grey);
            TensorPrimitives.MultiplyAdd(Row(tensor, 2, letterbox, y), Blue, grey, grey);
        }
    }

    /// <summary>Puts the reference into the second plane and the difference into the third.</summary>
    /// <param name="letterbox">Where the picture is.</param>
    /// <param name="tensor">[3, H, W]; the first plane holds the picture.</param>
    /// <param name="reference">What to compare with.</param>
    /// <param name="toReference">Maps pixels of the letterbox to those of the reference.</param>
    /// <returns>The largest difference, 0..1.</returns>
    public float Compare(in Letterbox letterbox, Span<float> tensor, GreyPlane reference, in PlaneTransform toReference)
    {
        var (width, height) = (letterbox.Width, letterbox.Height);
        if (_reference.Length < width * height)
        {
            _reference = new byte[input.Width * input.Height];
        }

        PlaneWarp.Warp(reference, toReference, width, _reference.AsSpan(0, width * height));
        var largest = 0f;
        for (var y = 0; y < height; y++)
        {
            var compared = Row(tensor, 1, letterbox, y);
            TensorPrimitives.ConvertSaturating<byte, float>(_reference.AsSpan(y * width, width), compared);
            TensorPrimitives.Multiply(compared, 1f / 255, compared);
            var difference = Row(tensor, 2, letterbox, y);
            TensorPrimitives.Subtract(Row(tensor, 0, letterbox, y), compared, difference);
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)));
            TensorPrimitives.Multiply(difference, 0.5f, difference);
            TensorPrimitives.Add(difference, 0.5f, difference);
        }

        return largest;
    }

    private Span<float> Row(Span<float> tensor, int plane, in Letterbox letterbox, int y) =>
        tensor.Slice((((plane * input.Height) + letterbox.Top + y) * input.Width) + letterbox.Left, letterbox.Width);
}
