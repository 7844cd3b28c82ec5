using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Uploaded images: put in, look up, list, fetch, remove.</summary>
internal static class FileEndpoints
{
    internal static RouteGroupBuilder MapFiles(this RouteGroupBuilder api, LimitOptions limits)
    {
        var files = api.MapGroup("/files").WithTags("Files");
        files.MapPost("/", UploadEndpoint.UploadAsync)
            .WithSummary("Uploads 1 to 100 images for inspection, all or none")
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxUploadRequestBytes))
            .TakesUpload(limits.MaxUploadParts)
            .Refuses(400, 409, 413, 415, 422, 507);
        files.MapGet("/", ListAsync).WithSummary("Lists files, newest first").Refuses(400);
        files.MapGet("/{id:guid}", GetAsync).WithSummary("Gives one file with its inspection").Refuses(404);
        files.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Removes a file and its bytes; its inspection stays").Refuses(404);
        files.MapFileContent();
        return files;
    }

    private static async Task<Results<Ok<Page<FileSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] FileListRequest request, IFileStore files, CancellationToken cancellationToken)
    {
        var (query, problem) = request.Read();
        if (query is null)
        {
            return problem!;
        }

        // A full page may be the last one: then the next is empty.
        var rows = await files.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new Page<FileSummary>(
            [.. rows.Select(row => new FileSummary(row))], rows.Count == query.Limit ? Cursor.From(rows[^1].Id) : null));
    }

    private static async Task<Results<Ok<FileResponse>, ProblemHttpResult>> GetAsync(
        Guid id, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IFileGrain>(id).GetAsync(cancellationToken) is { } file
            ? TypedResults.Ok(new FileResponse(file))
            : Problems.NotFound($"file {id}");

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IFileGrain>(id).DeleteAsync(cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound($"file {id}");
}
