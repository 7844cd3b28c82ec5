using System.Net.Sockets;
using Chitti.Domain;
using Chitti.Inference;
using Chitti.Silo;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chitti.Standalone;

/// <summary>Finds in an exception what a person can mend: each fault in its own words.</summary>
internal static class StartFaults
{
    public static IReadOnlyList<string> Find(Exception exception) => exception switch
    {
        AggregateException many when many.InnerExceptions.All(inner => Find(inner).Count > 0) => [.. many.InnerExceptions.SelectMany(Find)],
        OptionsValidationException options => [.. options.Failures],
        StartFaultException or ModelRefusedException or ProfileFileException => [exception.Message],
        // Kestrel: the address is in use, or may not be bound.
        IOException { InnerException: AddressInUseException } or SocketException => [$"Urls: {exception.Message}"],
        UnauthorizedAccessException or IOException => [exception.Message],
        _ => [],
    };
}
