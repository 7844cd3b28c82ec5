using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chitti.Gateway.Tests;

/// <summary>The server's own timeouts end a connection under the connection rules too.</summary>
public sealed class ConnectionTimeoutTests
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Tls_ClientSendsNothing_IsClosedAfterTheHandshakeTimeout() =>
        Assert.Equal("", await SendAsync("", kestrel => { }, tls: true));

    [Fact]
    public async Task Http_ClientSendsNothing_IsClosedAfterTheKeepAliveTimeout() =>
        Assert.Equal("", await SendAsync("", kestrel => kestrel.Limits.KeepAliveTimeout = _short));

    [Fact]
    public async Task Http_HalfAHeaderLine_IsAnsweredWith408AndAProblem()
    {
        var answer = await SendAsync("GET / HTTP/1.1\r\nHos", kestrel => kestrel.Limits.RequestHeadersTimeout = _short);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    /// <summary>Sends the text, and returns what the server answers until it closes the connection.</summary>
    private static async Task<string> SendAsync(string text, Action<KestrelServerOptions> configure, bool tls = false)
    {
        using var key = RSA.Create(2_048);
        using var created = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        using var certificate = X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRoutingCore();
        builder.Services.AddConnectionRules();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            configure(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (tls)
                {
                    listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate, HandshakeTimeout = _short });
                }
            });
        });
        await using var app = builder.Build();
        app.UseConnectionRules();
        await app.StartAsync();

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.Single()).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        using var answer = new MemoryStream();
        using var hang = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await stream.CopyToAsync(answer, hang.Token);
        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
