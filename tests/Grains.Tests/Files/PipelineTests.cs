using Chitti.Domain;
using Chitti.Storage;
using Chitti.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Chitti.Grains.Tests;

public class PipelineTests
{
    [Fact]
    public async Task Register_UploadedFile_GetsItsInspection()
    {
        using var data = new TempFolder();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(new Finding(0, "open", 0.9f, new(10, 20, 30, 40))));

        var file = await Uploads.UploadAsync(silo, [1, 2, 3]);
        var ended = await Uploads.WaitForEndAsync(file);

        Assert.Equal(FileStatus.Completed, ended.Status);
        Assert.Equal(Verdict.Fail, ended.Inspection!.Verdict);
        Assert.Equal("open", Assert.Single(ended.Inspection.Indications).Class);
        var catalog = silo.Services.GetRequiredService<ICatalog>();
        var row = await Eventually.GetAsync(() => catalog.GetFileAsync(ended.Id), row => row!.State == "completed");
        Assert.Equal(("fail", ended.Inspection.Id), (row!.Verdict, row.InspectionId));
        Assert.Contains("\"verdict\":\"fail\"", await catalog.GetInspectionAsync(ended.Inspection.Id!.Value), StringComparison.Ordinal);
    }
}
