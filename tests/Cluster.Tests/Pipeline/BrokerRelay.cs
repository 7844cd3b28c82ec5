using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chitti.Cluster.Tests;

/// <summary>
/// A loopback port in front of the broker. While silenced, it accepts connections and bytes but passes nothing on, as a hung
/// broker would.
/// </summary>
internal sealed class BrokerRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<TcpClient> _silenced = [];
    private readonly int _brokerPort;
    private readonly Task _accepting;
    private volatile bool _isSilent;
    private int _swallowed;

    public BrokerRelay(Uri broker)
    {
        _brokerPort = broker.Port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that were sent to the broker while it was silent.</summary>
    public int Swallowed => Volatile.Read(ref _swallowed);

    public void Silence() => _isSilent = true;

    /// <summary>Ends the connections of the silence, and passes on what comes from now on.</summary>
    public void Restore()
    {
        _isSilent = false;
        while (_silenced.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Restore();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var broker = new TcpClient();
        using (client)
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, _brokerPort, _stopping.Token);
                var (near, far) = (client.GetStream(), broker.GetStream());
                await Task.WhenAny(PassAsync(near, far, client, isToBroker: true), PassAsync(far, near, client, isToBroker: false));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The broker is down, or the test ends: the client is closed.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, TcpClient client, bool isToBroker)
    {
        var buffer = new byte[64 * 1024];
        var wasSilent = false;
        try
        {
            while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
            {
                if (!_isSilent && !wasSilent)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
                    continue;
                }

                // From a stream with a hole nothing more may be passed on.
                wasSilent = true;
                _silenced.Add(client);
                if (isToBroker)
                {
                    Interlocked.Add(ref _swallowed, read);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone, which ends the other.
        }
    }
}
