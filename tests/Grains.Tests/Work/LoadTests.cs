using Chitti.Domain;
using Chitti.Tests;

namespace Chitti.Grains.Tests;

public class LoadTests
{
    [Fact]
    public async Task Process_EveryEventDeliveredTwice_GivesEachFileOneInspection()
    {
        const int Count = 200;
        using var data = new TempFolder();
        var gate = new TaskCompletionSource();
        var engine = new FakeEngine(_ => FakeEngine.Found(new Finding(0, "open", 0.9f, new(10, 20, 30, 40)))) { Gate = gate.Task };
        await using var silo = await SiloHost.StartAsync(data, engine);
        var files = await Task.WhenAll(Enumerable.Range(0, Count).Select(number => Uploads.UploadAsync(silo, [(byte)number])));
        await Uploads.PublishAsync(silo, [.. files.Select(file => file.GetPrimaryKey())]);

        gate.SetResult();

        foreach (var file in files)
        {
            var row = await Uploads.WaitForRowAsync(silo, file.GetPrimaryKey());
            Assert.Equal((FileStatus.Completed, (await file.GetAsync())!.Inspection!.Id), (row.Status, row.InspectionId));
        }

        // A later file on each partition has waited for the second events.
        foreach (var last in await Task.WhenAll(Enumerable.Range(0, 256).Select(partition => Uploads.UploadAsync(silo, [1], partition: (byte)partition))))
        {
            await Uploads.WaitForEndAsync(last);
        }

        Assert.Equal(Count + 256, engine.Calls.Count);
        Assert.Equal(Count + 256, await Eventually.GetAsync(() => Rows.CountInspectionsAsync(silo), count => count == Count + 256));
    }

    [Fact]
    public async Task Upload_FiftyAtOnce_EachGetsItsOwnInspection()
    {
        using var data = new TempFolder();
        // The findings depend on the image, so a result stored for the wrong file is noticed.
        var engine = new FakeEngine(image => FakeEngine.Found(new Finding(0, "open", 0.9f, new(image.Span[0], 0, 1, 1))));
        await using var silo = await SiloHost.StartAsync(data, engine);

        var ended = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            byte[] image = [(byte)number, .. Enumerable.Repeat((byte)number, number * 100)];
            var file = await Uploads.UploadAsync(silo, image);
            return (Number: number, File: await Uploads.WaitForEndAsync(file));
        }));

        Assert.All(ended, one =>
        {
            Assert.Equal(FileStatus.Completed, one.File.Status);
            Assert.Equal(one.Number, Assert.Single(one.File.Inspection!.Indications).Box.X);
            Assert.Equal(one.File.Metadata.Sha256, one.File.Inspection.Image.Sha256);
            Assert.Equal(one.File.Id, one.File.Inspection.FileId);
        });
        Assert.Equal(50, ended.Select(one => one.File.Inspection!.Id).Distinct().Count());
    }
}
