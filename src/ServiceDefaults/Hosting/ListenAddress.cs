using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Chitti.ServiceDefaults;

/// <summary>An address that the web server is told to listen on, and the setting that says so.</summary>
internal sealed record ListenAddress(string Setting, string Url)
{
    /// <summary>As the web server reads them: endpoints of its own section stand in for <c>Urls</c>.</summary>
    public static IReadOnlyList<ListenAddress> Read(IConfiguration configuration)
    {
        ListenAddress[] endpoints =
        [
            .. from endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren()
               let url = endpoint["Url"]
               where url is not null
               select new ListenAddress($"{endpoint.Path}:Url", url),
        ];
        var urls = (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return endpoints.Length > 0 ? endpoints : [.. urls.Select(url => new ListenAddress("Urls", url.Trim()))];
    }

    /// <summary>
    /// Why it can't be listened on, or must not be; null where it can. Asked before work is begun that would have to be
    /// broken off.
    /// </summary>
    public string? FindFault(bool allowRemote)
    {
        try
        {
            var address = BindingAddress.Parse(Url);
            if (address.IsUnixPipe || address.IsNamedPipe)
            {
                return null;
            }

            if (address.Port is < 0 or > ushort.MaxValue)
            {
                return $"{Setting}: {address.Port} is not a port.";
            }

            var host = HostOf(address);
            using (var listener = new TcpListener(host, address.Port))
            {
                listener.Start();
            }

            return allowRemote || IPAddress.IsLoopback(host)
                ? null
                : $"{Setting}: {Url} can be reached from other machines, and nobody signs in yet. If that is meant, set Chitti:AllowRemote=true, and AllowedHosts to the names it is called by.";
        }
        catch (FormatException exception)
        {
            return $"{Setting}: {exception.Message}";
        }
        catch (SocketException exception)
        {
            return $"{Setting}: can't listen on {Url}: {exception.Message}.";
        }
    }

    // What is neither localhost nor an address, Kestrel binds to every interface: *, +, and names.
    private static IPAddress HostOf(BindingAddress address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(address.Host, out var ip) ? ip
        : IPAddress.Any;
}
