using System.Data.Common;
using System.Net.Sockets;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>The default answer to whether a consumer's exception tells of an outage.</summary>
public static class OutageRule
{
    /// <summary>
    /// True for what Orleans throws itself (no silo for the grain, a silo gone), for time-outs, cancellations and network or file
    /// faults, and for database faults that call themselves transient; also where one of these is an inner exception.
    /// </summary>
    public static bool IsOutage(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            AggregateException many => many.InnerExceptions.Any(IsOutage),
            Runtime.OrleansException or TimeoutException or OperationCanceledException or IOException or SocketException or HttpRequestException => true,
            DbException { IsTransient: true } => true,
            _ => exception.InnerException is { } inner && IsOutage(inner),
        };
    }
}
