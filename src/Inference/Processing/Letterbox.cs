using Chitti.Domain;

namespace Chitti.Inference;

/// <summary>
/// How an image fits into a model's input: scaled by one ratio, the rest padded. With centred padding the formulas are those
/// of Ultralytics' LetterBox and scale_boxes (sides rounded half to even, a half pixel of padding goes right and below);
/// with the image top left those of YOLOX's preproc (sides cut off).
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

    /// <summary>A box of input pixels in pixels of the image.</summary>
    public Box ToImage(in Candidate box) => new(
        (box.Left - Left) / Ratio, (box.Top - Top) / Ratio, (box.Right - box.Left) / Ratio, (box.Bottom - box.Top) / Ratio);

    // The thinnest of images still fills one row.
    private static int Side(int scaled) => Math.Max(1, scaled);

    private static int Before(int padding) => (int)Math.Round((padding / 2.0) - 0.1);
}
