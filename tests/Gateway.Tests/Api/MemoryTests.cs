using System.Net;
using System.Text;
using Chitti.Tests;

namespace Chitti.Gateway.Tests;

/// <summary>Runs alone, because it measures the process.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    private const long PaddingBytes = 90L << 20;
    private const long AllowedBytes = 16L << 20;

    [Fact]
    public async Task PostFiles_LargeFile_StreamsThrough()
    {
        await using var server = await TestServer.StartAsync();
        using (var small = await server.PostFilesAsync(new Form().File(Pictures.Sample("good-1.jpg"))))
        {
            await server.EndAsync((await Json.ItemsAsync(small))[0].Id());
        }

        var upload = new PaddedUpload(server);
        using var response = await server.Http.PostAsync("/api/files", upload);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var item = Assert.Single(await Json.ItemsAsync(response));
        Assert.True(item.GetProperty("size").GetInt64() > PaddingBytes);
        Assert.InRange(upload.LiveGrowth, long.MinValue, AllowedBytes);
        Assert.InRange(upload.Allocated, 0, PaddingBytes / 2);
        Assert.Equal("pass", (await server.EndAsync(item.Id())).GetProperty("inspection").Text("verdict"));
    }

    /// <summary>
    /// A valid JPEG, padded with comments. Before its closing boundary it waits until the server has received it, and measures
    /// the memory: after that the inspection begins, which holds the file's bytes.
    /// </summary>
    private sealed class PaddedUpload : HttpContent
    {
        private const int SegmentBytes = 65_000;
        private const int LookEvery = 200;

        private readonly TestServer _server;

        public PaddedUpload(TestServer server)
        {
            _server = server;
            Headers.TryAddWithoutValidation("Content-Type", Form.ContentType);
        }

        public long LiveGrowth { get; private set; }

        public long Allocated { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var jpeg = Pictures.Sample("good-1.jpg");
            var segment = Pictures.WithSegment([0xFF, 0xD8], 0xFE, new byte[SegmentBytes])[2..];
            var live = GC.GetTotalMemory(forceFullCollection: true);
            var allocated = GC.GetTotalAllocatedBytes();
            await stream.WriteAsync(new Form().File(jpeg[..2], "large.jpg").ToOpenArray().AsMemory(..^2));
            for (var i = 0; i * (long)segment.Length < PaddingBytes; i++)
            {
                await stream.WriteAsync(segment);
                if (i % LookEvery == 0)
                {
                    LiveGrowth = Math.Max(LiveGrowth, GC.GetTotalMemory(forceFullCollection: true) - live);
                }
            }

            await stream.WriteAsync(jpeg.AsMemory(2));
            await stream.FlushAsync();
            await Eventually.GetAsync(() => Task.FromResult(Traces.StagedBytes(_server)), staged => staged.Any(size => size > PaddingBytes - (1 << 20)));
            LiveGrowth = Math.Max(LiveGrowth, GC.GetTotalMemory(forceFullCollection: true) - live);
            Allocated = GC.GetTotalAllocatedBytes() - allocated;
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"\r\n--{Form.Boundary}--\r\n"));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
