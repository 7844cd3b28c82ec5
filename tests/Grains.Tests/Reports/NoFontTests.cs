using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests.Reports;

/// <summary>A system without fonts says so if something must be drawn; everything else works.</summary>
public sealed class NoFontTests : IAsyncLifetime, IDisposable
{
    private const string Fault = "No font was found";
    private readonly TempFolder _data = new();
    private SiloHost _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloHost.StartAsync(
        _data,
        FakeEngine.Finding(),
        services => services.AddSingleton(_ => new Lazy<FontFaces>(
            () => FontFaces.Load(Path.Combine(_data.Path, "no-fonts")), LazyThreadSafetyMode.PublicationOnly)));

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Render_Annotated_SaysThatThereIsNoFont()
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await Uploads.WaitForEndAsync(file);

        var reply = await file.RenderAsync(Rendition.Annotated);

        Assert.Null(reply.ObjectKey);
        Assert.StartsWith(Fault, reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportFormat.Json, ReportStatus.Ready)]
    [InlineData(ReportFormat.Csv, ReportStatus.Ready)]
    [InlineData(ReportFormat.Pdf, ReportStatus.Failed)]
    public async Task Report_OfEachFormat_FailsOnlyWhereFontsAreNeeded(ReportFormat format, ReportStatus status)
    {
        var file = await Uploads.UploadAsync(_silo, [1]);
        await Uploads.WaitForEndAsync(file);
        var report = _silo.Grains.GetGrain<IReportGrain>(Guid.CreateVersion7());
        await report.RequestAsync(new([file.GetPrimaryKey()], format, new()));

        var ended = await Eventually.GetAsync(async () => (await report.GetAsync())!, snapshot => snapshot.Status != ReportStatus.Queued);

        Assert.Equal(status, ended.Status);
        Assert.Equal(status == ReportStatus.Failed, ended.Error?.StartsWith(Fault, StringComparison.Ordinal) == true);
    }
}
