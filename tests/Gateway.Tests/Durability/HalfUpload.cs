using System.Net;

namespace Chitti.Gateway.Tests;

/// <summary>An upload whose body stops in the middle of a part.</summary>
internal sealed class HalfUpload : HttpContent
{
    private const int PartBytes = 256 << 10;
    private readonly byte[] _head;

    public HalfUpload()
    {
        Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=half");
        _head = [
            .. "--half\r\nContent-Disposition: form-data; name=\"file\"; filename=\"half.jpg\"\r\n\r\n"u8,
            0xFF, 0xD8, 0xFF, 0xE0,
            .. new byte[PartBytes]];
    }

    /// <summary>Sends it until the server is gone.</summary>
    public static async Task SendAsync(HttpClient http)
    {
        try
        {
            using var content = new HalfUpload();
            using var response = await http.PostAsync("/api/files", content);
            Assert.Fail($"Half an upload was answered with {response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
        }
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        await SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_head, cancellationToken);
        await stream.FlushAsync(cancellationToken);

        // The rest is never sent; an occasional byte detects that the server has gone.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await stream.WriteAsync(new byte[1], cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
