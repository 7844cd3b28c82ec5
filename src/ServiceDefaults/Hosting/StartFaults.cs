using System.Data.Common;
using System.Net.Sockets;
using Chitti.Domain;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chitti.ServiceDefaults;

/// <summary>Finds the faults in an exception that an operator can fix.</summary>
public static class StartFaults
{
    /// <summary>The messages of the faults; none if the exception is a bug.</summary>
    public static IReadOnlyList<string> Find(Exception exception) => exception switch
    {
        AggregateException many when many.InnerExceptions.All(inner => Find(inner).Count > 0) =>
            [.. many.InnerExceptions.SelectMany(Find).Distinct(StringComparer.Ordinal)],
        OptionsValidationException options => [.. options.Failures],
        StartFaultException or OutageException => [exception.Message],
        // From Kestrel: the address is in use, or binding is not permitted.
        IOException { InnerException: AddressInUseException } or SocketException => [$"Urls: {exception.Message}"],
        UnauthorizedAccessException or IOException or DbException => [exception.Message],
        _ => [],
    };
}
