using System.Net.Sockets;
using System.Text;

namespace Chitti.Gateway.Tests;

/// <summary>A request written directly to the socket, which no HTTP library would send.</summary>
internal sealed class RawCall : IDisposable
{
    private readonly TcpClient _client = new();

    // Kept: after sending has been shut down, TcpClient would throw because it is not connected.
    private NetworkStream? _stream;

    private RawCall()
    {
    }

    public static Task<RawCall> OpenAsync(TestServer server) => OpenAsync(server.Http.BaseAddress!);

    public static async Task<RawCall> OpenAsync(Uri server)
    {
        var call = new RawCall();
        await call._client.ConnectAsync(server.Host, server.Port);
        call._stream = call._client.GetStream();
        return call;
    }

    public static string Head(TestServer server, string path, params string[] headers) => Head(server.Http.BaseAddress!, path, headers);

    public static string Head(Uri server, string path, params string[] headers) =>
        $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream!.WriteAsync(bytes);

    /// <summary>False if the server has closed the connection.</summary>
    public async Task<bool> TrySendAsync(byte[] bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Shuts down sending; the response can still be read.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection, as a crashing client would.</summary>
    public void Abort()
    {
        _client.LingerState = new(true, 0);
        _client.Close();
    }

    /// <summary>Head and body of the response, unparsed; empty if the server closed without one.</summary>
    public async Task<string> ReadAsync()
    {
        using var answer = new MemoryStream();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await _stream!.CopyToAsync(answer, deadline.Token);
        }
        catch (IOException)
        {
            // Reset after the response: what was received before counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public void Dispose() => _client.Dispose();
}
