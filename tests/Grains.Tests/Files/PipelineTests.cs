using Chitti.Domain;

namespace Chitti.Grains.Tests;

public class PipelineTests
{
    [Fact]
    public async Task Upload_OneFile_GetsItsInspection()
    {
        using var data = new TempFolder();
        await using var silo = await SiloHost.StartAsync(data, FakeEngine.Finding(new Finding(0, "open", 0.9f, new(10, 20, 30, 40))));

        var file = await Uploads.UploadAsync(silo, [1, 2, 3]);
        var ended = await Uploads.WaitForEndAsync(file);

        Assert.Equal(FileStatus.Completed, ended.Status);
        Assert.Equal(Verdict.Fail, ended.Inspection!.Verdict);
        Assert.Equal("open", Assert.Single(ended.Inspection.Indications).Class);
        var row = await silo.Files.GetAsync(ended.Id);
        Assert.Equal((FileStatus.Completed, Verdict.Fail, ended.Inspection.Id), (row!.Status, row.Verdict, row.InspectionId));
        Assert.Equal(Verdict.Fail, (await silo.Inspections.GetAsync(ended.Inspection.Id!.Value))!.Inspection.Verdict);
        Assert.Null(await silo.Ledger.GetAsync(ended.Id));
    }
}
