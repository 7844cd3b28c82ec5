using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Uploads, lists, returns and deletes files.</summary>
internal static class FileEndpoints
{
    internal static RouteGroupBuilder MapFiles(this RouteGroupBuilder api, LimitOptions limits)
    {
        var files = api.MapGroup("/files").WithTags("Files");
        files.MapPost("/", UploadEndpoint.UploadAsync)
            .WithSummary("Uploads images for inspection; all are accepted or none")
            .WithMetadata(new RequestSizeLimitAttribute(limits.MaxUploadRequestBytes))
            .TakesUpload(limits.MaxUploadParts)
            .Refuses(400, 403, 409, 413, 415, 422, 429, 507);
        files.MapGet("/", ListAsync).WithSummary("Lists files, newest first").Refuses(400);
        files.MapGet("/{id:guid}", GetAsync).WithSummary("Gets a file with its inspection").Refuses(404);
        files.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Deletes a file and its bytes; its inspection stays").Refuses(403, 404);
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

        // If this full page is the last, the next page is empty.
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
        Guid id, HttpContext context, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IFileGrain>(id).DeleteAsync(Caller.Of(context), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound($"file {id}");
}
