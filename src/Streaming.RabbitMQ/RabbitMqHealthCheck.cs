using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>Healthy while a channel can be opened.</summary>
internal sealed class RabbitMqHealthCheck(RabbitMqConnections broker) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var channel = await broker.Publishing.CreateChannelAsync(null, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, $"RabbitMQ: {exception.Message}", exception);
        }
    }
}
