using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>The bytes of a file and of the pictures made from it.</summary>
internal static class FileContentEndpoints
{
    internal static void MapFileContent(this RouteGroupBuilder files)
    {
        files.MapGet("/{id:guid}/content", ContentAsync).WithSummary("Gives the bytes as they were uploaded").GivesBytes("image/*").Refuses(404, 416);
        files.MapGet("/{id:guid}/thumbnail", ThumbnailAsync)
            .WithSummary("Gives a JPEG of at most 320 pixels a side").GivesBytes("image/jpeg").Refuses(404, 409, 416, 422, 507);
        files.MapGet("/{id:guid}/annotated", AnnotatedAsync)
            .WithSummary("Gives a JPEG with the indications drawn in").GivesBytes("image/jpeg").Refuses(404, 409, 416, 422, 507);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ContentAsync(
        Guid id, HttpContext context, IGrainFactory grains, IObjectStore objects, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<IFileGrain>(id).GetAsync(cancellationToken) is not { Metadata: var file }
            || await objects.OpenReadAsync(file.ObjectKey, cancellationToken) is not { } bytes)
        {
            return Problems.NotFound($"file {id}");
        }

        AskAgain(context);
        return TypedResults.Stream(
            bytes, file.MediaType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private static Task<Results<FileStreamHttpResult, ProblemHttpResult>> ThumbnailAsync(
        Guid id, HttpContext context, IGrainFactory grains, IObjectStore objects, CancellationToken cancellationToken) =>
        RenderAsync(Rendition.Thumbnail, id, context, grains, objects, cancellationToken);

    private static Task<Results<FileStreamHttpResult, ProblemHttpResult>> AnnotatedAsync(
        Guid id, HttpContext context, IGrainFactory grains, IObjectStore objects, CancellationToken cancellationToken) =>
        RenderAsync(Rendition.Annotated, id, context, grains, objects, cancellationToken);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> RenderAsync(
        Rendition rendition, Guid id, HttpContext context, IGrainFactory grains, IObjectStore objects, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IFileGrain>(id);
        if (await grain.GetAsync(cancellationToken) is not { } file)
        {
            return Problems.NotFound($"file {id}");
        }

        var reply = await grain.RenderAsync(rendition, cancellationToken);
        if (reply.ObjectKey is null)
        {
            var detail = reply.Detail ?? "There is no such picture of this file.";
            return reply.Fault switch
            {
                RenditionFault.Missing => Problems.Create(StatusCodes.Status404NotFound, detail),
                RenditionFault.TooEarly => Problems.TryAgain(context, StatusCodes.Status409Conflict, detail),
                _ => Problems.Create(StatusCodes.Status422UnprocessableEntity, detail),
            };
        }

        if (await objects.OpenReadAsync(reply.ObjectKey, cancellationToken) is not { } bytes)
        {
            return Problems.NotFound($"file {id}");
        }

        AskAgain(context);
        context.Response.Headers.ContentDisposition = "inline";
        var of = rendition == Rendition.Annotated && file.InspectionId is { } inspection ? inspection.ToString() : file.Metadata.Sha256;

        // Weak: another version of Chitti may draw the same picture with other bytes.
        var tag = new EntityTagHeaderValue($"\"{of}-{ApiJson.Word(rendition)}\"", isWeak: true);
        return TypedResults.Stream(bytes, "image/jpeg", entityTag: tag, enableRangeProcessing: true);
    }

    /// <summary>A file may be deleted: caches keep its bytes for one user and ask before they show them again.</summary>
    private static void AskAgain(HttpContext context) => context.Response.Headers.CacheControl = "private, no-cache";
}
