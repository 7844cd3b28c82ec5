using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Chitti.Gateway.Tests;
using Chitti.Tests;

namespace Chitti.Cluster.Tests;

/// <summary>The real programs: what was accepted ends once, although a silo is killed.</summary>
[Collection(PipelineGroup.Name)]
public sealed class KilledSiloTests(PipelineServers servers)
{
    private const int Before = 60;
    private const int Count = Before + 200;
    private const int Last = 60;

    private static readonly Dictionary<string, string> _settings = new()
    {
        ["Chitti__Work__LeaseDuration"] = "00:00:06",
        ["Chitti__Work__Partitions"] = "8",
        ["Chitti__Detector__Sessions"] = "1",
    };

    [Fact]
    public async Task Kill_OneOfTwoSilosWhileUploadsStreamIn_EveryAcceptedFileIsInspectedOnce()
    {
        await using var cluster = await ProcessCluster.StartAsync(servers, silos: 2, _settings);
        await AddProfileAsync(cluster.Http);
        await RecordEndsAsync(cluster);
        var pictures = Directory.EnumerateFiles(Repository.Path("samples"), "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var stream = new UploadStream(cluster.Http, pictures);

        var sending = stream.SendAsync();
        stream.Plan(Before);
        await Eventually.GetAsync(() => cluster.CountAsync("SELECT count(*) FROM inspections"), inspected => inspected >= Before / 3);
        stream.Plan(Count - Before - Last);
        await Eventually.GetAsync(
            () => cluster.CountAsync("SELECT count(*) FROM work WHERE lease_holder IS NOT NULL"), leased => leased >= 4 && stream.Accepted.Count > Before);
        var silo = await FreezeWithLeasesAsync(cluster);
        stream.Plan(Last);
        stream.End();
        await cluster.KillAsync(silo);
        var unfinished = (await cluster.QueryAsync<Guid>("SELECT id FROM work")).ToHashSet();
        Assert.InRange(stream.Accepted.Count, Before, Count - 1);
        await sending;

        Assert.Equal(Count, stream.Accepted.Distinct().Count());
        await Eventually.GetAsync(() => cluster.CountAsync("SELECT count(*) FROM files WHERE state = 'queued'"), queued => queued == 0);
        Assert.Equal(stream.Accepted.Order(), await cluster.QueryAsync<Guid>("SELECT id FROM files WHERE state = 'completed' ORDER BY id"));
        Assert.Equal(stream.Accepted.Order(), await cluster.QueryAsync<Guid>("SELECT file_id FROM inspections ORDER BY file_id"));
        Assert.Equal(0, await cluster.CountAsync("SELECT count(*) FROM work"));

        // Only the work of the killed silo was begun a second time; what only its grain of the file was lost for is an outage.
        Assert.Equal(stream.Accepted.Order(), await cluster.QueryAsync<Guid>("SELECT id FROM ended ORDER BY id"));
        Assert.Equal(0, await cluster.CountAsync("SELECT count(*) FROM ended WHERE attempts NOT IN (1, 2)"));
        Assert.Subset(unfinished, (await cluster.QueryAsync<Guid>("SELECT id FROM ended WHERE attempts = 2")).ToHashSet());
        Assert.Equal(0, await Eventually.GetAsync(cluster.CountMessagesAsync, messages => messages == 0));
    }

    /// <summary>The grains of one silo may have all the work. Of a silo that does nothing, the leases that it holds are not renewed.</summary>
    private static async Task<ServerProcess> FreezeWithLeasesAsync(ProcessCluster cluster)
    {
        for (var turn = 0; turn < 20; turn++)
        {
            var silo = cluster.Silos[turn % cluster.Silos.Count];
            await silo.FreezeAsync();
            for (var look = 0; look < 20; look++)
            {
                if (await cluster.CountAsync("SELECT count(*) FROM work WHERE lease_until BETWEEN now() AND now() + interval '3 s'") > 0)
                {
                    return silo;
                }

                await Task.Delay(200);
            }

            await silo.ResumeAsync();
        }

        throw new InvalidOperationException("No silo held leases.");
    }

    /// <summary>A fresh cluster has no profiles.</summary>
    private static async Task AddProfileAsync(HttpClient http)
    {
        var profile = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("models", "pcb-defects", "profile.json")))!.AsObject();
        profile["id"] = "pcb-defects";
        using var content = new StringContent(profile.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/api/profiles", content);
        Assert.True(response.StatusCode == HttpStatusCode.Created, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Keeps with how many attempts each entry leaves the ledger.</summary>
    private static async Task RecordEndsAsync(ProcessCluster cluster) => _ = await cluster.QueryAsync<int>("""
        CREATE TABLE ended (id uuid NOT NULL, attempts integer NOT NULL);
        CREATE FUNCTION record_end() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO ended VALUES (OLD.id, OLD.attempts); RETURN OLD; END $$;
        CREATE TRIGGER record_end AFTER DELETE ON work FOR EACH ROW EXECUTE FUNCTION record_end();
        """);
}
