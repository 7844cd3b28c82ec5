using Chitti.Detection;
using Microsoft.Extensions.Options;

namespace Chitti.Silo;

/// <summary>Begins to load the default model as the host starts.</summary>
internal sealed class ModelWarmUp(DetectionEngines engines, IOptions<ModelOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A failure shows in the health check and at the first call; starting goes on beside it.
        _ = engines.GetOrLoadAsync(options.Value.DefaultModel);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
