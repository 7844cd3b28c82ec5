using System.Net.Sockets;
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
        OutageException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException => true,
        TimeoutException or OperationCanceledException or SocketException => true,
        AggregateException many => many.InnerExceptions.Count > 0 && many.InnerExceptions.All(IsOutage),
        // Placement found no silo for the grain. Derived types (a stale state, a bad provider) are failures.
        OrleansException => exception.GetType() == typeof(OrleansException),
        _ => false,
    };
}
