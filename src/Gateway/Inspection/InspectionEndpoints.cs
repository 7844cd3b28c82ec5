using System.Text;
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
            .WithSummary("Gives one inspection")
            .Produces<Inspection>()
            .Refuses(404);
        return inspections;
    }

    // The catalog keeps the inspection as it is shown; reading it into an object would only cost time.
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetAsync(
        Guid id, ICatalog catalog, CancellationToken cancellationToken) =>
        await catalog.GetInspectionAsync(id, cancellationToken) is { } document
            ? TypedResults.Text(document, "application/json", Encoding.UTF8)
            : Problems.NotFound($"inspection {id}");
}
