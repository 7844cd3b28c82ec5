using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>Downloads of a file and its renditions. All bytes are checked before the first is sent.</summary>
internal static class FileContentEndpoints
{
    internal static void MapFileContent(this RouteGroupBuilder files)
    {
        files.MapGet("/{id:guid}/content", ContentAsync).WithSummary("Gets the bytes as uploaded").GivesBytes("image/*").Refuses(404, 416);
        files.MapGet("/{id:guid}/thumbnail", ThumbnailAsync)
            .WithSummary("Gets a JPEG with sides of at most 320 pixels").GivesBytes("image/jpeg").Refuses(404, 409, 416, 422, 507);
        files.MapGet("/{id:guid}/annotated", AnnotatedAsync)
            .WithSummary("Gets a JPEG with the indications drawn in").GivesBytes("image/jpeg").Refuses(404, 409, 416, 422, 507);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ContentAsync(
        Guid id, HttpContext context, IGrainFactory grains, IObjectStore objects, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<IFileGrain>(id).GetAsync(cancellationToken) is not { Metadata: var file }
            || await objects.OpenVerifiedAsync(file.ObjectKey, file.Size, file.Sha256, cancellationToken) is not { } bytes)
        {
            return Problems.NotFound($"file {id}");
        }

        RequireRevalidation(context);
        return TypedResults.Stream(
            bytes, file.MediaType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private static Task<Results<FileStreamHttpResult, ProblemHttpResult>> ThumbnailAsync(
        Guid id, HttpContext context, IGrainFactory grains, RenditionReader renditions, CancellationToken cancellationToken) =>
        RenderAsync(Rendition.Thumbnail, id, context, grains, renditions, cancellationToken);

    private static Task<Results<FileStreamHttpResult, ProblemHttpResult>> AnnotatedAsync(
        Guid id, HttpContext context, IGrainFactory grains, RenditionReader renditions, CancellationToken cancellationToken) =>
        RenderAsync(Rendition.Annotated, id, context, grains, renditions, cancellationToken);

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> RenderAsync(
        Rendition rendition, Guid id, HttpContext context, IGrainFactory grains, RenditionReader renditions, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<IFileGrain>(id).GetAsync(cancellationToken) is null)
        {
            return Problems.NotFound($"file {id}");
        }

        var (rendered, reply) = await renditions.OpenAsync(id, rendition, cancellationToken);
        if (rendered is null)
        {
            var detail = reply?.Detail ?? "The file has no such rendition.";
            return reply?.Refusal switch
            {
                RenditionRefusal.Missing or null => Problems.Create(StatusCodes.Status404NotFound, detail),
                RenditionRefusal.TooEarly => Problems.TryAgain(context, StatusCodes.Status409Conflict, detail),
                RenditionRefusal.Altered => Problems.Create(StatusCodes.Status500InternalServerError, detail),
                _ => Problems.Create(StatusCodes.Status422UnprocessableEntity, detail),
            };
        }

        RequireRevalidation(context);
        context.Response.Headers.ContentDisposition = "inline";

        // Weak, because another version of Chitti may encode the same picture differently.
        var tag = new EntityTagHeaderValue($"\"{reply!.Tag}\"", isWeak: true);
        return TypedResults.Stream(rendered, "image/jpeg", entityTag: tag, enableRangeProcessing: true);
    }

    /// <summary>A file can be deleted, so caches must be private and must revalidate.</summary>
    private static void RequireRevalidation(HttpContext context) => context.Response.Headers.CacheControl = "private, no-cache";
}
