using Chitti.Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>The models that detectors have registered.</summary>
internal static class ModelEndpoints
{
    internal static RouteGroupBuilder MapModels(this RouteGroupBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("Models");
        models.MapGet("/", ListAsync).WithSummary("Lists all models on one page").Refuses();
        return models;
    }

    private static async Task<Ok<Page<ModelResponse>>> ListAsync(
        IGrainFactory grains, DetectorChoice detectors, CancellationToken cancellationToken)
    {
        var list = await grains.GetGrain<IModelListGrain>(0).ListAsync(cancellationToken);
        var available = (await detectors.ListAsync(cancellationToken))
            .SelectMany(detector => detector.ModelIds).ToHashSet(StringComparer.Ordinal);
        return TypedResults.Ok(new Page<ModelResponse>(
            [
                .. list.Models.Select(model => ModelResponse.From(
                    model, isDefault: model.Identity.Id == list.DefaultId, isAvailable: available.Contains(model.Identity.Id))),
            ],
            null));
    }
}
