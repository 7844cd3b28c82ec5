using Chitti.Imaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Problem details for images that are refused because of their header.</summary>
internal static class ImageProblems
{
    internal static ProblemHttpResult UnknownFormat(string what) => Problems.Create(
        StatusCodes.Status415UnsupportedMediaType, $"{what} is not in a supported format (JPEG, PNG, WebP, BMP, TIFF).");

    /// <summary>415 for a damaged header, 422 for an image over a limit.</summary>
    internal static ProblemHttpResult From(ImageFault fault, string what) => fault.Kind switch
    {
        ImageFaultKind.UnknownFormat => UnknownFormat(what),
        ImageFaultKind.OverLimit or ImageFaultKind.ManyPictures => Problems.Create(StatusCodes.Status422UnprocessableEntity, $"{what} is refused: {fault.Detail}"),
        _ => Problems.Create(StatusCodes.Status415UnsupportedMediaType, $"{what} can't be read: {fault.Detail}"),
    };
}
