using System.Net;
using System.Net.Sockets;

namespace Chitti.Standalone;

/// <summary>A port for the silo that nothing else uses, so that several standalone hosts may run on one machine.</summary>
internal static class LoopbackPort
{
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
