using System.Net;
using System.Net.Sockets;

namespace Chitti.Standalone;

/// <summary>Looks whether an address can be listened on, before work is begun that would have to be broken off.</summary>
internal static class ListenAddress
{
    /// <exception cref="FormatException">This is no address.</exception>
    /// <exception cref="IOException">It is in use, not this machine's, or not allowed.</exception>
    public static void Check(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return;
        }

        if (address.Port is < 0 or > ushort.MaxValue)
        {
            throw new FormatException($"{address.Port} is not a port.");
        }

        var host = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(host, address.Port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new IOException($"can't listen on {url}: {exception.Message}.", exception);
        }
    }
}
