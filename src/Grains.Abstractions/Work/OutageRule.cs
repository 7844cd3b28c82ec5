using System.Net.Sockets;
using System.Text.RegularExpressions;
using Chitti.Domain;
using Orleans.Runtime.Messaging;

namespace Chitti.Grains.Abstractions;

/// <summary>
/// Which exceptions tell of an outage: <see cref="OutageException"/>, and those by which Orleans says that a silo can't be
/// reached or did not answer in time. Everything else is a failure of the item at hand.
/// </summary>
public static class OutageRule
{
    /// <summary>Whether work that met this exception is to wait, without losing an attempt.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.Any(IsOutage),
        OutageException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException => true,
        GatewayTooBusyException or LimitExceededException or OrleansLifecycleCanceledException => true,
        OperationCanceledException or SocketException => true,
        TimeoutException => exception is not RegexMatchTimeoutException,

        // Orleans has no type of its own for a grain that no silo can host. With an inner exception it is what broke an
        // activation, for example a state that can't be read.
        OrleansException { InnerException: null } => exception.GetType() == typeof(OrleansException),
        _ => exception.InnerException is { } inner && IsOutage(inner),
    };
}
