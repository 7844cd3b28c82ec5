using Chitti.Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>The models of this system.</summary>
internal static class ModelEndpoints
{
    internal static RouteGroupBuilder MapModels(this RouteGroupBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("Models");
        models.MapGet("/", ListAsync).WithSummary("Lists the models, all on one page").Refuses();
        return models;
    }

    private static async Task<Ok<Page<ModelResponse>>> ListAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var models = await grains.GetGrain<IModelListGrain>(0).ListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ModelResponse>([.. models.Select(ModelResponse.From)], null));
    }
}
