using Chitti.Imaging;
using SkiaSharp;

namespace Chitti.Inference.Tests;

/// <summary>A pixel budget that is used up, except for what small images have of their own, until the test gives it back.</summary>
internal sealed class HeldBudget : IDisposable
{
    private readonly ImageDecoder _decoder;
    private readonly DecodedImage _image;

    public HeldBudget()
    {
        _decoder = new(new(), TimeProvider.System, Budget);
        Assert.True(_decoder.TryDecode(TestImages.Encode(SKEncodedImageFormat.Png, 1_000, 1_000), null, out _image, out _));
    }

    public PixelBudget Budget { get; } = new(4_500_000);

    public void Release() => _image.Dispose();

    public void Dispose() => _decoder.Dispose();
}
