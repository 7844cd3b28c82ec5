using Chitti.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chitti.Gateway;

/// <summary>Healthy while the object store can be written to. The staged bytes are discarded.</summary>
internal sealed class ObjectStoreHealthCheck(IObjectStore objects) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await using var staged = await objects.StageAsync(cancellationToken: cancellationToken);
        await staged.Content.WriteAsync("chitti"u8.ToArray(), cancellationToken);
        await staged.Content.FlushAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
