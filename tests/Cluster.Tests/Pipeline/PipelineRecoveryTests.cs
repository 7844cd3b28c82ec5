using System.Text.Json;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.ServiceDefaults;
using Chitti.Silo;
using Chitti.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Cluster.Tests;

/// <summary>A database of the cluster that was put back from a backup costs no picture.</summary>
[Collection(PipelineGroup.Name)]
public sealed class PipelineRecoveryTests(PipelineServers servers)
{
    private static readonly FakeEngine _engine = new(_ => FakeEngine.Found(new Finding(0, "open", 0.9f, new(10, 20, 30, 40))));

    [Fact]
    public async Task Start_DatabaseWasPutBack_IsRefusedUntilRecovered()
    {
        await using var cluster = await ClusterHost.StartAsync(servers, _engine, silos: 1);
        var lost = await StoreAsync(cluster, [1]);
        var kept = await StoreAsync(cluster, [2]);
        foreach (var file in new[] { lost, kept })
        {
            await Uploads.PublishAsync(cluster, file.Id);
            await Uploads.WaitForRowAsync(cluster, file.Id);
        }

        await cluster.StopAsync(cluster.Silos[0]);
        await using (var connection = await cluster.OpenDatabaseAsync())
        {
            await connection.ExecuteAsync(
                "DELETE FROM files WHERE id = @id; DELETE FROM inspections WHERE file_id = @id; UPDATE pairing SET generation = 1", new { id = lost.Id });
        }

        var refused = await Assert.ThrowsAsync<StartFaultException>(() => cluster.StartSiloAsync());
        Assert.Contains("the database is older than the objects", refused.Message, StringComparison.Ordinal);
        Assert.Contains("chitti-silo recover", refused.Message, StringComparison.Ordinal);

        var (verifyExit, verified) = await RunAsync(cluster, "verify");
        Assert.Equal(1, verifyExit);
        Assert.Contains("PAIRING   the database is older than the objects", verified, StringComparison.Ordinal);
        Assert.Contains($"YOUNG     {lost.Metadata.ObjectKey}", verified, StringComparison.Ordinal);

        var (rehearsalExit, rehearsed) = await RunAsync(cluster, "recover", "--dry-run");
        Assert.True(rehearsalExit == 0, rehearsed);
        Assert.Contains("Would recover 1 files", rehearsed, StringComparison.Ordinal);
        var (recoverExit, recovered) = await RunAsync(cluster, "recover");
        Assert.True(recoverExit == 0, recovered);
        Assert.Contains("Recovered 1 files: 1 from their metadata", recovered, StringComparison.Ordinal);

        await cluster.StartSiloAsync();
        await cluster.PassAsync(IWorkLedger.PublishPatience);
        await cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();
        Assert.Equal(FileStatus.Completed, (await Uploads.WaitForRowAsync(cluster, lost.Id)).Status);
        var (exit, output) = await RunAsync(cluster, "verify");
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task Start_FolderOfAnotherCluster_IsRefused()
    {
        await using var first = await ClusterHost.StartAsync(servers, _engine, silos: 1);
        await using var second = await ClusterHost.StartAsync(servers, _engine, silos: 1);
        await first.StopAsync(first.Silos[0]);

        var pairing = new StorePairing(
            second.Services.GetRequiredService<IDatabasePairing>(), new FolderObjectStore(new() { Root = first.DataPath, ReadOnly = true }));

        Assert.Equal(PairingFault.OtherDatabase, await pairing.FindFaultAsync());
    }

    private static async Task<FileSnapshot> StoreAsync(ClusterHost cluster, byte[] bytes)
    {
        var file = await Uploads.StoreAsync(cluster, bytes);
        await Uploads.PutAsync(
            cluster.Objects, FileObjects.MetadataOf(file.Metadata.ObjectKey), JsonSerializer.SerializeToUtf8Bytes(file.Metadata, ApiJson.Options));
        return file;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ClusterHost cluster, params string[] verb)
    {
        await using var output = new StringWriter();
        var exitCode = await ClusterCommands.RunAsync(
            [
                .. verb, $"--ConnectionStrings:Postgres={cluster.ConnectionString}", $"--Chitti:RabbitMq:Uri={cluster.BrokerUri}",
                $"--Chitti:DataPath={cluster.DataPath}",
            ],
            output, CancellationToken.None);
        return (exitCode, output.ToString());
    }
}
