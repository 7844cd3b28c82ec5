using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Cluster.Tests;

/// <summary>Uploads through a gateway while the broker is away: 202 follows the commit, and the files are inspected later.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineUploadTests(PipelineServers servers)
{
    private const int Count = 12;

    // At least; an acknowledgement, which may be swallowed too, has 21.
    private const int BytesOfMessage = 100;

    [Fact]
    public async Task Upload_BrokerIsStopped_IsAcceptedBeforeItIsBackAndInspectedOnce()
    {
        var engine = FakeEngine.Finding();
        await using var cluster = await ClusterHost.StartAsync(servers, engine);
        await using var gateway = await GatewayHost.StartAsync(cluster);

        await cluster.StopStreamsAsync();
        try
        {
            await AssertAcceptedAsync(gateway.Http, Count);
        }
        finally
        {
            await cluster.StartStreamsAsync();
        }

        await MakeDueAsync(cluster);
        await AssertInspectedOnceAsync(cluster, engine, Count);
    }

    [Fact]
    public async Task Upload_BrokerAcceptsButNeverAnswers_IsAcceptedWithoutWaitingForIt()
    {
        var engine = FakeEngine.Finding();
        await using var relay = new BrokerRelay(servers.Broker.Uri);
        await using var cluster = await ClusterHost.StartAsync(
            servers,
            engine,
            services => services.PostConfigure<RabbitMqStreamOptions>(WorkStreams.Provider, options =>
            {
                // Publishing can't end, not even without success, before the broker is back.
                options.PublishTimeout = options.Heartbeat = TimeSpan.FromHours(1);
            }),
            relay: relay);
        await using var gateway = await GatewayHost.StartAsync(cluster);

        // One upload while the broker answers, so that the silos have open channels.
        await AssertAcceptedAsync(gateway.Http, 1, isQueued: false);
        await AssertInspectedOnceAsync(cluster, engine, 1);
        relay.Silence();
        await AssertAcceptedAsync(gateway.Http, Count);
        await Eventually.GetAsync(() => Task.FromResult(relay.Swallowed), bytes => bytes > Count * BytesOfMessage);
        Assert.Equal(Count, await cluster.CountAsync("SELECT count(*) FROM files WHERE state = 'queued'"));

        relay.Restore();

        await MakeDueAsync(cluster);
        await AssertInspectedOnceAsync(cluster, engine, Count + 1);
    }

    /// <summary>Uploads files one after the other; each is accepted and listed.</summary>
    private static async Task AssertAcceptedAsync(HttpClient http, int count, bool isQueued = true)
    {
        var picture = await File.ReadAllBytesAsync(Repository.Path("samples", "open.jpg"));
        for (var number = 0; number < count; number++)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(picture), "file", $"board-{number}.jpg" } };
            using var response = await http.PostAsync("/api/files", form);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
            var id = JsonDocument.Parse(body).RootElement.GetProperty("items")[0].GetProperty("id").GetString();
            var newest = (await http.GetFromJsonAsync<JsonElement>("/api/files?limit=1")).GetProperty("items")[0];
            Assert.Equal(id, newest.GetProperty("id").GetString());
            if (isQueued)
            {
                Assert.Equal("queued", newest.GetProperty("state").GetString());
            }
        }
    }

    /// <summary>Lets recovery publish at its next pass what no one has begun.</summary>
    private static Task<long> MakeDueAsync(ClusterHost cluster) =>
        cluster.CountAsync("UPDATE work SET due_at = now() WHERE lease_holder IS NULL AND published_at IS NULL RETURNING 1");

    private static async Task AssertInspectedOnceAsync(ClusterHost cluster, FakeEngine engine, int count)
    {
        await Eventually.GetAsync(() => cluster.CountAsync("SELECT count(*) FROM files WHERE state = 'completed'"), completed => completed == count);
        Assert.Equal(count, await cluster.CountAsync("SELECT count(*) FROM inspections"));
        Assert.Equal(0, await cluster.CountAsync("SELECT count(*) FROM work"));
        Assert.Equal(count, engine.Calls.Count);
        Assert.Empty(await cluster.ListDeadLettersAsync());
    }
}
