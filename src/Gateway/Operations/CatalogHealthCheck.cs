using Chitti.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chitti.Gateway;

/// <summary>Healthy while the database can be read and written.</summary>
internal sealed class CatalogHealthCheck(ICatalog catalog) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await catalog.CheckAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
