using Chitti.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Why an image is refused, by what its header shows.</summary>
internal static class ImageProblems
{
    internal static ProblemHttpResult UnknownFormat(string what) => Problems.Create(
        StatusCodes.Status415UnsupportedMediaType, $"{what} is none of the image formats that are read: JPEG, PNG, WebP, BMP, TIFF.");

    /// <summary>A damaged header is no image we read (415); a sound one of too large an image is over a limit (422).</summary>
    internal static ProblemHttpResult From(ImageFault fault, string what) => fault.Kind switch
    {
        ImageFaultKind.UnknownFormat => UnknownFormat(what),
        ImageFaultKind.OverLimit => Problems.Create(StatusCodes.Status422UnprocessableEntity, $"{what} is refused: {fault.Detail}"),
        _ => Problems.Create(StatusCodes.Status415UnsupportedMediaType, $"{what} can't be read: {fault.Detail}"),
    };
}
