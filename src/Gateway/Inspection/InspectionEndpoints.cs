using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Stored inspections.</summary>
internal static class InspectionEndpoints
{
    internal static RouteGroupBuilder MapInspections(this RouteGroupBuilder api)
    {
        var inspections = api.MapGroup("/inspections").WithTags("Inspections");
        inspections.MapGet("/", ListAsync)
            .WithSummary("Lists inspections, also of deleted files, newest file first")
            .Refuses(400);
        inspections.MapGet("/{id:guid}", GetAsync)
            .WithSummary("Gets an inspection")
            .Refuses(404);
        return inspections;
    }

    private static async Task<Results<Ok<Page<InspectionResponse>>, ProblemHttpResult>> ListAsync(
        [AsParameters] InspectionListRequest request, IInspectionStore inspections, CancellationToken cancellationToken)
    {
        var (query, problem) = request.Read();
        if (query is null)
        {
            return problem!;
        }

        // If this full page is the last, the next page is empty.
        var stored = await inspections.ListAsync(query, cancellationToken);
        return TypedResults.Ok(new Page<InspectionResponse>(
            [.. stored.Select(InspectionResponse.From)],
            stored.Count == query.Limit ? Cursor.From(stored[^1].Inspection.FileId!.Value) : null));
    }

    private static async Task<Results<Ok<InspectionResponse>, ProblemHttpResult>> GetAsync(
        Guid id, IInspectionStore inspections, CancellationToken cancellationToken) =>
        await inspections.GetAsync(id, cancellationToken) is { } stored
            ? TypedResults.Ok(InspectionResponse.From(stored))
            : Problems.NotFound($"inspection {id}");
}
