using Chitti.Domain;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Stored inspections.</summary>
internal static class InspectionEndpoints
{
    internal static RouteGroupBuilder MapInspections(this RouteGroupBuilder api)
    {
        var inspections = api.MapGroup("/inspections").WithTags("Inspections");
        inspections.MapGet("/{id:guid}", GetAsync)
            .WithSummary("Gets an inspection")
            .Refuses(404);
        return inspections;
    }

    private static async Task<Results<Ok<Inspection>, ProblemHttpResult>> GetAsync(
        Guid id, IInspectionStore inspections, CancellationToken cancellationToken) =>
        await inspections.GetAsync(id, cancellationToken) is { } inspection
            ? TypedResults.Ok(inspection)
            : Problems.NotFound($"inspection {id}");
}
