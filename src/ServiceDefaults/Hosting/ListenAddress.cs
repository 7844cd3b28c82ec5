using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Chitti.ServiceDefaults;

/// <summary>An address to listen on, and the setting that it comes from.</summary>
internal sealed record ListenAddress(string Setting, string Url)
{
    /// <summary>Reads the addresses as Kestrel does: endpoints in its own section replace <c>Urls</c>.</summary>
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
    /// Why the address can't or must not be used; null if it can. Checked before the host starts work that a failing listener
    /// would interrupt.
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
                return $"{Setting}: {address.Port} is not a valid port.";
            }

            var host = HostOf(address);
            using (var listener = new TcpListener(host, address.Port))
            {
                listener.Start();
            }

            return allowRemote || IPAddress.IsLoopback(host)
                ? null
                : $"{Setting}: {Url} can be reached from other machines, but Chitti has no authentication yet. If this is intended, set Chitti:AllowRemote=true, and set AllowedHosts to the host names that clients use.";
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

    // Kestrel binds anything but localhost and IP addresses to every interface: *, + and host names.
    private static IPAddress HostOf(BindingAddress address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(address.Host, out var ip) ? ip
        : IPAddress.Any;
}
