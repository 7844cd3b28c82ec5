using Chitti.Domain;

namespace Chitti.Inference;

/// <summary>
/// How an image is fitted into a model's input: scaled by one ratio and padded. Centred padding uses the formulas of
/// Ultralytics' LetterBox and scale_boxes (sides rounded half to even, an odd pixel of padding goes right and below);
/// padding at the bottom right uses those of YOLOX's preproc (sides truncated).
/// </summary>
internal readonly record struct Letterbox(float Ratio, int Width, int Height, int Left, int Top)
{
    public static Letterbox Fit(int imageWidth, int imageHeight, InputLayout input)
    {
        var ratio = Math.Min((double)input.Width / imageWidth, (double)input.Height / imageHeight);
        if (input.PaddingPlace == PaddingPlace.BottomRight)
        {
            return new Letterbox((float)ratio, Side((int)(imageWidth * ratio)), Side((int)(imageHeight * ratio)), 0, 0);
        }

        var (width, height) = (Side((int)Math.Round(imageWidth * ratio)), Side((int)Math.Round(imageHeight * ratio)));
        return new Letterbox((float)ratio, width, height, Before(input.Width - width), Before(input.Height - height));
    }

    /// <summary>Converts a box from input pixels to image pixels.</summary>
    public Box ToImage(in Candidate box) => new(
        (box.Left - Left) / Ratio, (box.Top - Top) / Ratio, (box.Right - box.Left) / Ratio, (box.Bottom - box.Top) / Ratio);

    // Even the thinnest image fills one row.
    private static int Side(int scaled) => Math.Max(1, scaled);

    private static int Before(int padding) => (int)Math.Round((padding / 2.0) - 0.1);
}
