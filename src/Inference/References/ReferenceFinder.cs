using Chitti.Imaging;
using Chitti.Registration;

namespace Chitti.Inference;

/// <summary>Finds a decoded picture on the references of a part.</summary>
internal static class ReferenceFinder
{
    public static ReferenceMatch Find(in DecodedImage image, IReadOnlyList<Reference> references, RegistrationOptions options)
    {
        var plane = new GreyPlane(image.Width, image.Height, image.View.ToGrey());
        var outcome = Registrar.Register(plane, [.. references.Select(reference => reference.Prepared)], options);
        if (outcome.Alignment is not { } found)
        {
            return new() { Fit = outcome.Refusal!.BestFit, Fault = outcome.Refusal.Message };
        }

        // The image may have been decoded at a reduced scale.
        var (x, y) = ((double)image.Width / image.Header.Width, (double)image.Height / image.Header.Height);
        var toDecoded = new PlaneTransform(x, 0, (0.5 * x) - 0.5, 0, y, (0.5 * y) - 0.5);
        return new()
        {
            Sha256 = references[found.ReferenceIndex].Sha256,
            Fit = found.Fit,
            Visible = found.Visible,
            PictureToReference = toDecoded.Then(found.PictureToReference),
        };
    }
}
