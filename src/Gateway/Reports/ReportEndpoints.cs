using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Chitti.Gateway;

/// <summary>Requests, tracks and downloads reports.</summary>
internal static class ReportEndpoints
{
    internal static RouteGroupBuilder MapReports(this RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapPost("/", CreateAsync).WithSummary("Requests a report").Refuses(400, 403, 413, 415, 507);
        reports.MapGet("/{id:guid}", GetAsync).WithSummary("Gets the state of a report").Refuses(404);
        reports.MapGet("/{id:guid}/content", ContentAsync).WithSummary("Gets the document of a report")
            .GivesBytes("application/pdf", "application/json", "text/csv").Refuses(404, 409, 416, 422);
        return reports;
    }

    private static async Task<Results<Accepted<ReportResponse>, ProblemHttpResult>> CreateAsync(
        CreateReportRequest request,
        ReportFiles files,
        IGrainFactory grains,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.CheckAnnotations(request);
        errors.CheckLabel("batch_id", request.BatchId);
        if (errors.ToProblem() is { } invalid)
        {
            return invalid;
        }

        var (ids, problem) = await files.FindAsync(request, cancellationToken);
        if (ids is null)
        {
            return problem!;
        }

        var report = await grains.GetGrain<IReportGrain>(Guid.CreateVersion7(time.GetUtcNow()))
            .RequestAsync(new(ids, request.Format, request.ToDetails()), CancellationToken.None);
        var response = ReportResponse.From(report);
        return TypedResults.Accepted(response.Links.Self, response);
    }

    private static async Task<Results<Ok<ReportResponse>, ProblemHttpResult>> GetAsync(
        Guid id, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IReportGrain>(id).GetAsync(cancellationToken) is { } report
            ? TypedResults.Ok(ReportResponse.From(report))
            : Problems.NotFound($"report {id}");

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ContentAsync(
        Guid id, HttpContext context, IGrainFactory grains, IObjectStore objects, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<IReportGrain>(id).GetAsync(cancellationToken) is not { } report)
        {
            return Problems.NotFound($"report {id}");
        }

        switch (report.Status)
        {
            case ReportStatus.Queued:
                return Problems.TryAgain(context, StatusCodes.Status409Conflict, "The report is still being written.");
            case ReportStatus.Failed:
                return Problems.Create(StatusCodes.Status422UnprocessableEntity, $"The report could not be written: {report.Error}");
        }

        if (await objects.OpenReadAsync(report.ObjectKey!, cancellationToken) is not { } document)
        {
            return Problems.NotFound($"document of report {id}");
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        var (mediaType, extension) = report.Format switch
        {
            ReportFormat.Pdf => ("application/pdf", "pdf"),
            ReportFormat.Json => ("application/json", "json"),
            _ => ("text/csv; charset=utf-8", "csv"),
        };

        // The id is the version: a report is written only once.
        return TypedResults.Stream(
            document, mediaType, $"chitti-report-{id}.{extension}", entityTag: new EntityTagHeaderValue($"\"{id}\""), enableRangeProcessing: true);
    }
}
