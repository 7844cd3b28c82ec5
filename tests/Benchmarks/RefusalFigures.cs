using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Chitti.Tests;

namespace Chitti.Benchmarks;

/// <summary>
/// How fast a call is refused that the slow images ahead leave no time for: from the last byte sent to the first byte of the
/// answer, while the server decodes on every core and the clients share them.
/// </summary>
internal static class RefusalFigures
{
    private const double BarMilliseconds = 10;
    private const int SlowCallers = 24;
    private const int Side = 8_000;

    /// <summary>Less than the queue takes, so that the estimate refuses and not the end of the time.</summary>
    public static string[] Settings => ["--Chitti:Limits:DetectTimeout=00:00:04"];

    public static async Task MeasureAsync(BenchOptions options, Table table, ServerProcess server)
    {
        var slow = new PngMaker(Side, Side) { ColourType = 6 }.ToArray();
        using var end = new CancellationTokenSource();
        var load = Enumerable.Range(0, SlowCallers).Select(_ => KeepBusyAsync(server.Client, slow, end.Token)).ToList();
        var (refused, others) = (new List<double>(), 0);
        while (refused.Count < options.Calls)
        {
            var (status, milliseconds) = await ProbeAsync(server.Client.BaseAddress!, slow);
            if (status == 429 && milliseconds < 2_000)
            {
                refused.Add(milliseconds);
            }
            else
            {
                others++;
            }
        }

        await end.CancelAsync();
        await Task.WhenAll(load);
        table.Add("calls refused at once, of all sent", string.Create(CultureInfo.InvariantCulture, $"{refused.Count} of {refused.Count + others}"));
        table.Add($"bytes of such a call", Table.Format(slow.Length, "B"));
        table.AddAtMost("a refusal at once, median", refused.Median(), BarMilliseconds, "ms", 2);
        table.AddAtMost("a refusal at once, 99 of 100 within", refused.Quantile(0.99), BarMilliseconds, "ms", 2);
    }

    /// <summary>A caller that sends a slow image again as soon as it has its answer, with a pause where that is a refusal.</summary>
    private static async Task KeepBusyAsync(HttpClient client, byte[] slow, CancellationToken end)
    {
        try
        {
            while (true)
            {
                using var content = new ByteArrayContent(slow);
                content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
                using var response = await client.PostAsync(new Uri("/api/detect", UriKind.Relative), content, end);
                if (!response.IsSuccessStatusCode)
                {
                    await Task.Delay(100, end);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    /// <summary>A socket of its own, because a client library does not tell when it has sent the last byte.</summary>
    private static async Task<(int Status, double Milliseconds)> ProbeAsync(Uri server, byte[] image)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST /api/detect HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\nContent-Type: image/png\r\nContent-Length: {image.Length}\r\n\r\n")));
        await stream.WriteAsync(image);
        var sent = Stopwatch.GetTimestamp();
        var line = new byte[12];
        await stream.ReadExactlyAsync(line);
        return (int.Parse(line.AsSpan(9), CultureInfo.InvariantCulture), Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
    }
}
