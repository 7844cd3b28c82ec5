using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chitti.ServiceDefaults;

/// <summary>Finds in an exception what a person can mend: each fault in its own words.</summary>
public static class StartFaults
{
    /// <summary>The faults; none where nobody but a programmer can mend it.</summary>
    public static IReadOnlyList<string> Find(Exception exception) => exception switch
    {
        AggregateException many when many.InnerExceptions.All(inner => Find(inner).Count > 0) =>
            [.. many.InnerExceptions.SelectMany(Find).Distinct(StringComparer.Ordinal)],
        OptionsValidationException options => [.. options.Failures],
        StartFaultException => [exception.Message],
        // Kestrel: the address is in use, or may not be bound.
        IOException { InnerException: AddressInUseException } or SocketException => [$"Urls: {exception.Message}"],
        UnauthorizedAccessException or IOException or DbException => [exception.Message],
        _ => [],
    };
}
