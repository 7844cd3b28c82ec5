using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Cluster.Tests;

[Collection(PipelineGroup.Name)]
public sealed class PipelineReportTests(PipelineServers servers)
{
    [Fact]
    public async Task Produce_SiloWithTheLeaseCrashes_OtherSiloWritesTheReportAndActivatesNoFile()
    {
        var hold = new HeldObjects.Hold();
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding(), services =>
        {
            var inner = services.Last(service => service.ServiceType == typeof(IObjectStore)).ImplementationFactory!;
            services.AddSingleton<IObjectStore>(provider => new HeldObjects((IObjectStore)inner(provider), hold));
        });
        var ids = Enumerable.Range(0, 2_000).Select(_ => Guid.CreateVersion7()).ToList();
        await cluster.Files.AcceptAsync(
            [.. ids.Select(id => (id, Samples.Metadata with { ObjectKey = $"files/00/{id:N}/original", Profile = new("pcb-defects", 1) }))], null);
        await cluster.CountAsync("WITH ended AS (DELETE FROM work RETURNING id) UPDATE files SET state = 'failed', error = 'no bytes' RETURNING 1");
        var id = Guid.CreateVersion7();
        var report = cluster.Grains.GetGrain<IReportGrain>(id);

        hold.Arm();
        await report.RequestAsync(Samples.Report with { FileIds = ids });
        await hold.Reached.Task;
        await cluster.KillAsync(await cluster.FindSiloOfAsync(report));
        await cluster.PassAsync(TimeSpan.FromMinutes(1));
        await cluster.Grains.GetGrain<IRecoveryGrain>(0).RecoverAsync();

        var written = await Eventually.GetAsync(() => cluster.Reports.GetAsync(id), row => row!.Status != ReportStatus.Queued);
        Assert.Equal((ReportStatus.Ready, null), (written!.Status, written.Error));
        Assert.NotNull(await cluster.Objects.GetInfoAsync(written.ObjectKey!));
        Assert.Null(await cluster.Ledger.GetAsync(id));
        var active = await cluster.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        Assert.Contains(active, grain => grain.GrainType.Contains("ReportGrain", StringComparison.Ordinal));
        Assert.DoesNotContain(active, grain => grain.GrainType.Contains("FileGrain", StringComparison.Ordinal));
    }
}
