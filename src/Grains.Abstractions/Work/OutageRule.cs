using System.Net.Sockets;
using System.Text.RegularExpressions;
using Chitti.Domain;
using Orleans.Runtime.Messaging;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Decides which exceptions are outages: <see cref="OutageException"/>, and those that Orleans throws when a silo can't be
/// reached or does not answer in time. Everything else is a failure of the item.
/// </summary>
public static class OutageRule
{
    /// <summary>Whether the exception is an outage, which work waits out without using up an attempt.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.Any(IsOutage),
        OutageException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException => true,
        GatewayTooBusyException or LimitExceededException or OrleansLifecycleCanceledException => true,
        OperationCanceledException or SocketException => true,
        TimeoutException => exception is not RegexMatchTimeoutException,

        // Orleans has no specific type for a grain that no silo can host. With an inner exception, it is the failure of an
        // activation, for example because its state can't be read.
        OrleansException { InnerException: null } => exception.GetType() == typeof(OrleansException),
        _ => exception.InnerException is { } inner && IsOutage(inner),
    };
}
