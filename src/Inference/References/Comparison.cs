using Chitti.Registration;

namespace Chitti.Inference;

/// <summary>What a model compares a picture with.</summary>
/// <param name="reference">Grey levels of the reference.</param>
/// <param name="pictureToReference">Maps pixels of the picture to those of the reference.</param>
internal sealed class Comparison(GreyPlane reference, PlaneTransform pictureToReference)
{
    // Rounding; no two photographs are as similar.
    private const float Equal = 1.5f / 255;

    private float _largest;

    /// <summary>Whether no part that was compared differed.</summary>
    public bool FoundNoDifference => _largest < Equal;

    /// <summary>Draws the reference beside a part of the picture that is in the tensor.</summary>
    public void Draw(GreyChannels channels, in Letterbox letterbox, in Tile part, Span<float> tensor)
    {
        // Pixel centres, as the preprocessor maps them.
        var (x, y) = ((double)part.Width / letterbox.Width, (double)part.Height / letterbox.Height);
        var toPicture = new PlaneTransform(x, 0, part.X + (0.5 * x) - 0.5, 0, y, part.Y + (0.5 * y) - 0.5);
        _largest = Math.Max(_largest, channels.Compare(letterbox, tensor, reference, toPicture.Then(pictureToReference)));
    }
}
