using System.Net;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Valid PNGs of half a million texts: those before the pixels are more than is read, and the answer must not call the file damaged.</summary>
public sealed class ManyPartsTests : IAsyncLifetime
{
    private TestServer? _server;

    private TestServer Server => _server!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Fact]
    public async Task Post_PngOfHalfAMillionTextsBeforeItsPixels_IsRefusedInTrueWords()
    {
        var png = new PngMaker(64, 64) { Before = WriteTexts }.ToArray();
        await Traces.AssertNoneAsync(Server, async () =>
        {
            await AssertRefusedAsync(await Server.DetectAsync(png));
            await AssertRefusedAsync(await Server.PostFilesAsync(new Form().File(png, "texts.png")));
        });
    }

    [Fact]
    public async Task Post_PngOfHalfAMillionTextsBehindItsPixels_IsInspected()
    {
        var png = new PngMaker(64, 64) { After = WriteTexts }.ToArray();

        using var detected = await Server.DetectAsync(png);
        Assert.Equal(HttpStatusCode.OK, detected.StatusCode);
        Assert.Equal("completed", (await Server.InspectAsync(png, "texts.png")).Text("state"));
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response)
    {
        var problem = await Problem.AssertAsync(response, HttpStatusCode.UnsupportedMediaType, "too many parts before its pixels");
        Assert.All(["damaged", "ends before", "not an image", "no image"], untrue => Assert.DoesNotContain(untrue, problem.Text("detail"), StringComparison.Ordinal));
    }

    private static void WriteTexts(Stream png)
    {
        for (var i = 0; i < 500_000; i++)
        {
            PngMaker.WriteChunk(png, "tEXt", [(byte)'a', 0, (byte)'b']);
        }
    }
}
