using Chitti.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chitti.Gateway;

/// <summary>Healthy while the object store can write and sync.</summary>
internal sealed class ObjectStoreHealthCheck(IObjectStore objects) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await objects.CheckAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
