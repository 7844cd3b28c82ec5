using Chitti.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chitti.Gateway;

/// <summary>Healthy while the database can be read, written and synced.</summary>
internal sealed class DatabaseHealthCheck(IDatabaseProbe database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        await database.CheckAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
