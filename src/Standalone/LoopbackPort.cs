using System.Net;
using System.Net.Sockets;

namespace Chitti.Standalone;

/// <summary>Finds a free port for the silo, so that several standalone hosts can run on one machine.</summary>
internal static class LoopbackPort
{
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
