using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Contract of the report store, for every database.</summary>
public abstract class ReportStoreTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    [Fact]
    public async Task AddAsync_AllFields_RoundTrip()
    {
        var (id, request) = (Guid.CreateVersion7(Rows.Time), Rows.Report(Guid.NewGuid(), Guid.NewGuid()));

        await Storage.Reports.AddAsync(id, request, Rows.Time);

        var report = await Storage.Reports.GetAsync(id);
        Assert.Equal(
            Rows.Json(new ReportRecord { Id = id, Request = request, Status = ReportStatus.Queued, CreatedAt = Rows.Time }), Rows.Json(report));
        Assert.Null(await Storage.Reports.GetAsync(Guid.NewGuid()));
        Assert.Equal((WorkKind.Report, 0), ((await Work.GetAsync(id))!.Kind, (await Work.GetAsync(id))!.Attempts));
    }

    [Fact]
    public async Task AddAsync_TenThousandFiles_RoundTrip()
    {
        var (id, files) = (Guid.CreateVersion7(), Enumerable.Range(0, ReportRequest.MaxFiles).Select(_ => Guid.NewGuid()).ToArray());

        await Storage.Reports.AddAsync(id, Rows.Report(files), Rows.Time);

        Assert.Equal(files, (await Storage.Reports.GetAsync(id))!.Request.FileIds);
    }

    [Fact]
    public async Task AddAsync_Repeated_ChangesNothing()
    {
        var id = Guid.CreateVersion7();
        var (first, second) = (Rows.Report(Guid.NewGuid()), Rows.Report(Guid.NewGuid()));
        await Storage.Reports.AddAsync(id, first, Rows.Time);
        await Storage.Reports.CompleteAsync(id, "reports/1.csv", Rows.Time);

        await Storage.Reports.AddAsync(id, second, Rows.Time.AddHours(1));

        var report = await Storage.Reports.GetAsync(id);
        Assert.Equal((ReportStatus.Ready, first.FileIds[0], Rows.Time), (report!.Status, report.Request.FileIds[0], report.CreatedAt));
        Assert.Null(await Work.GetAsync(id));
    }

    [Fact]
    public async Task AddAsync_Cancelled_StoresNothing()
    {
        var id = Guid.CreateVersion7();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Storage.Reports.AddAsync(id, Rows.Report(id), Rows.Time, new CancellationToken(canceled: true)));

        Assert.Null(await Storage.Reports.GetAsync(id));
    }

    [Fact]
    public async Task CompleteAsync_Queued_IsReadyAndStaysSo()
    {
        var id = await AddAsync();

        Assert.True(await Storage.Reports.CompleteAsync(id, "reports/1.csv", Rows.Time.AddSeconds(1)));
        Assert.False(await Storage.Reports.CompleteAsync(id, "reports/2.csv", Rows.Time.AddSeconds(2)));
        Assert.False(await Storage.Reports.FailAsync(id, "too late", Rows.Time, deadLetter: true));

        var report = await Storage.Reports.GetAsync(id);
        Assert.Equal(
            (ReportStatus.Ready, "reports/1.csv", Rows.Time.AddSeconds(1), null),
            (report!.Status, report.ObjectKey, report.CompletedAt, report.Error));
        Assert.Null(await Work.GetAsync(id));
        Assert.False(await Storage.Reports.CompleteAsync(Guid.NewGuid(), "reports/3.csv", Rows.Time));
    }

    [Fact]
    public async Task FailAsync_Queued_IsFailedAndStaysSo()
    {
        var id = await AddAsync();

        Assert.True(await Storage.Reports.FailAsync(id, "no font", Rows.Time.AddSeconds(1), deadLetter: false));
        Assert.False(await Storage.Reports.FailAsync(id, "again", Rows.Time.AddSeconds(2), deadLetter: true));
        Assert.False(await Storage.Reports.CompleteAsync(id, "reports/1.csv", Rows.Time));

        var report = await Storage.Reports.GetAsync(id);
        Assert.Equal(
            (ReportStatus.Failed, "no font", Rows.Time.AddSeconds(1), null),
            (report!.Status, report.Error, report.CompletedAt, report.ObjectKey));
        Assert.Null(await Work.GetAsync(id));
        Assert.False(await Storage.Reports.FailAsync(Guid.NewGuid(), "unknown", Rows.Time, deadLetter: false));
    }

    private async Task<Guid> AddAsync()
    {
        var id = Guid.CreateVersion7(Rows.Time);
        await Storage.Reports.AddAsync(id, Rows.Report(Guid.NewGuid()), Rows.Time);
        return id;
    }
}
