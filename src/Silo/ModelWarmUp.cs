using Chitti.Detection;
using Microsoft.Extensions.Options;

namespace Chitti.Silo;

/// <summary>Starts loading the default model when the host starts.</summary>
internal sealed class ModelWarmUp(DetectionEngines engines, IOptions<ModelOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not awaited, so the host starts meanwhile. A failure shows in the health check and in calls.
        _ = engines.GetOrLoadAsync(options.Value.DefaultModel);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
