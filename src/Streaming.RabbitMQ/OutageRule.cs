using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Orleans.Runtime.Messaging;

namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// The default rule for <see cref="RabbitMqStreamOptions.IsOutage"/>: which exceptions of a consumer are an outage, and which are a
/// failure of the message.
/// </summary>
public static class OutageRule
{
    // Orleans has no exception types for these: a grain that no silo can host, and a grain directory that is being handed over.
    private static readonly string[] _unplaceable =
    [
        "No active nodes are compatible with grain",
        "Cannot place grain with RoleName",
        "is not stable to perform the lookup",
        "on invalid silo",
        "because hop limit is reached",
    ];

    /// <summary>
    /// True when one of the exception's <see cref="Causes"/> shows that a silo, the network, the broker or a database is unavailable:
    /// <list type="bullet">
    /// <item>a silo is gone, stopping, overloaded or not reachable (<see cref="SiloUnavailableException"/>,
    /// <see cref="OrleansMessageRejectionException"/>, <see cref="ConnectionFailedException"/>, <see cref="GatewayTooBusyException"/>,
    /// <see cref="LimitExceededException"/>, <see cref="OrleansLifecycleCanceledException"/>);</item>
    /// <item>no silo can host the grain, or the grain directory is being handed over (an <see cref="OrleansException"/> with Orleans'
    /// message for this);</item>
    /// <item>a call timed out or was cancelled (<see cref="TimeoutException"/>, <see cref="OperationCanceledException"/>; not a regular
    /// expression that timed out);</item>
    /// <item>the network failed (<see cref="SocketException"/>), or RabbitMQ is unavailable
    /// (<see cref="RabbitMqUnavailableException"/>);</item>
    /// <item>a database is unavailable for the moment (a <see cref="DbException"/> that is <see cref="DbException.IsTransient"/>).</item>
    /// </list>
    /// Everything else is a failure of the message. In particular an <see cref="OrleansException"/>, <see cref="IOException"/> or
    /// <see cref="HttpRequestException"/> is not an outage as such: it may just as well be a state that can't be read or a missing file.
    /// </summary>
    /// <param name="exception">What the consumer threw.</param>
    public static bool IsOutage(Exception exception) => Causes(exception).Any(IsUnavailable);

    /// <summary>
    /// The exception, its inner exception, the inner exception of that, and so on; for an <see cref="AggregateException"/> those of all
    /// its inner exceptions. For rules of the application: Orleans wraps what a storage provider throws.
    /// </summary>
    /// <param name="exception">What the consumer threw.</param>
    public static IEnumerable<Exception> Causes(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        IEnumerable<Exception> inner = exception switch
        {
            AggregateException many => many.InnerExceptions,
            { InnerException: { } one } => [one],
            _ => [],
        };
        return inner.SelectMany(Causes).Prepend(exception);
    }

    private static bool IsUnavailable(Exception exception) => exception switch
    {
        OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException => true,
        LimitExceededException or OrleansLifecycleCanceledException => true,
        RabbitMqUnavailableException or SocketException or OperationCanceledException => true,
        TimeoutException => exception is not RegexMatchTimeoutException,
        DbException database => database.IsTransient,
        OrleansException { InnerException: null } => exception.GetType() == typeof(OrleansException)
            && _unplaceable.Any(text => exception.Message.Contains(text, StringComparison.Ordinal)),
        _ => false,
    };
}
