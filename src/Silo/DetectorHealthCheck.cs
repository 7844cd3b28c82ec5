using Chitti.Detection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Chitti.Silo;

/// <summary>Healthy once the default model is loaded and warmed up.</summary>
internal sealed class DetectorHealthCheck(DetectionEngines engines, IOptions<ModelOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var model = options.Value.DefaultModel;
        return Task.FromResult(engines.GetOrLoadAsync(model) switch
        {
            { IsCompletedSuccessfully: true } loaded => HealthCheckResult.Healthy($"{loaded.Result.Model.Id} on {loaded.Result.ExecutionProvider}"),
            { IsFaulted: true } failed => HealthCheckResult.Unhealthy($"Model {model} could not be loaded: {failed.Exception!.InnerException!.Message}"),
            _ => HealthCheckResult.Unhealthy($"Model {model} is loading."),
        });
    }
}
