using System.Text.RegularExpressions;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Grains.Tests;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Cluster.Tests;

[Collection(PipelineGroup.Name)]
public sealed partial class PipelineReportTests(PipelineServers servers)
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

    [Theory]
    [InlineData(ReportFormat.Csv)]
    [InlineData(ReportFormat.Pdf)]
    public async Task Produce_AsManyInspectedFilesAsAReportMayHave_IsReadyAfterOneAttempt(ReportFormat format)
    {
        var plan = new FailurePlan();
        await using var cluster = await ClusterHost.StartAsync(servers, FakeEngine.Finding(), services => services.AddFailures<IReportStore>(plan));
        var ids = await AddInspectedAsync(cluster, ReportRequest.MaxFiles);
        var id = Guid.CreateVersion7();

        await cluster.Grains.GetGrain<IReportGrain>(id).RequestAsync(Samples.Report with { FileIds = ids, Format = format });
        await Eventually.GetAsync(() => cluster.CountAsync("SELECT count(*) FROM reports WHERE state <> 'queued'"), ended => ended == 1);

        var written = await cluster.Reports.GetAsync(id);
        Assert.Equal((ReportStatus.Ready, null), (written!.Status, written.Error));
        Assert.Equal(1, plan.CallsOf(nameof(IReportStore.BeginAsync)));
        await using var document = await cluster.Objects.OpenReadAsync(written.ObjectKey!);
        if (format == ReportFormat.Csv)
        {
            var text = await new StreamReader(document!).ReadToEndAsync();
            Assert.Superset(ids.ToHashSet(), AnyId().Matches(text).Select(match => Guid.Parse(match.ValueSpan)).ToHashSet());
            Assert.DoesNotContain("had not been inspected", text, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex AnyId();

    /// <summary>Stores files with an inspection each. They have no bytes.</summary>
    private static async Task<IReadOnlyList<Guid>> AddInspectedAsync(ClusterHost cluster, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var page in ids.Chunk(1_000))
        {
            await cluster.Files.AcceptAsync(
                [.. page.Select(id => (id, Samples.Metadata with { ObjectKey = FileObjects.OriginalOf(id), Profile = new("pcb-defects", 1) }))], null);
        }

        // The inspection of the first one is copied.
        await cluster.Files.CompleteAsync(Samples.InspectionOf(ids[0], Guid.CreateVersion7()));
        await cluster.CountAsync("""
            INSERT INTO inspections (file_id, id, verdict, document, created_at)
            SELECT f.id, f.id, i.verdict, replace(replace(i.document, i.file_id::text, f.id::text), i.id::text, f.id::text), i.created_at
            FROM files f CROSS JOIN inspections i WHERE f.state = 'queued';
            UPDATE files f SET state = 'completed', completed_at = i.created_at, inspection_id = i.id, verdict = i.verdict
            FROM inspections i WHERE i.file_id = f.id AND f.state = 'queued';
            DELETE FROM work;
            SELECT 1;
            """);
        return ids;
    }
}
