using Chitti.Detection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chitti.Silo;

/// <summary>Healthy once the default model is loaded and warmed up.</summary>
internal sealed class DetectorHealthCheck(DetectionEngines engines, ChittiOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(engines.GetOrLoadAsync(options.DefaultModel) switch
        {
            { IsCompletedSuccessfully: true } loaded => HealthCheckResult.Healthy($"{loaded.Result.Model.Id} on {loaded.Result.ExecutionProvider}"),
            { IsFaulted: true } failed => HealthCheckResult.Unhealthy($"Model {options.DefaultModel} could not be loaded: {failed.Exception!.InnerException!.Message}"),
            _ => HealthCheckResult.Unhealthy($"Model {options.DefaultModel} is being loaded."),
        });
}
