using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Contract of the inspection store, for every database.</summary>
public abstract class InspectionStoreTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    private IInspectionStore Inspections => Storage.Inspections;

    [Fact]
    public async Task GetAsync_OfACompletedFile_GivesAllOfIt()
    {
        var file = await AcceptAsync();
        var inspection = Rows.Inspection(file.Id, Verdict.Review, "crack", "pore") with { DecidedBy = 1, Overrides = new(0.5f, null) };
        await Files.CompleteAsync(inspection);

        var stored = await Inspections.GetAsync(inspection.Id!.Value);
        Assert.Equal(Rows.Json(inspection), Rows.Json(stored!.Inspection));
        Assert.Equal((file.Metadata.Name, null, null), (stored.FileName, stored.PictureDeletedAt, stored.PictureDeletedBy));
        Assert.Null(await Inspections.GetAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task ListAsync_DeletedFile_StaysAndSaysSo()
    {
        var (kept, deleted) = (await InspectAsync(), await InspectAsync(part: "part-1"));
        await Files.DeleteAsync(deleted.FileId!.Value, "tester");

        var stored = (await Inspections.ListAsync(new())).ToDictionary(each => each.Inspection.Id!.Value);

        Assert.Equal(2, stored.Count);
        Assert.Null(stored[kept.Id!.Value].PictureDeletedAt);
        var gone = stored[deleted.Id!.Value];
        Assert.Equal(("weld 1.jpg", "part-1", "tester"), (gone.FileName, gone.PartId, gone.PictureDeletedBy));
        Assert.NotNull(gone.PictureDeletedAt);
        Assert.Equal("tester", (await Inspections.GetAsync(deleted.Id.Value))!.PictureDeletedBy);
    }

    /// <summary>Releases before this one removed the row of a deleted file.</summary>
    [Fact]
    public async Task ListAsync_InspectionWithoutAFile_IsListed()
    {
        var inspection = Rows.Inspection(Rows.File().Id, Verdict.Fail, "crack");
        await Files.CompleteAsync(inspection);

        foreach (var query in new InspectionQuery[] { new(), new() { Class = "crack" }, new() { Verdict = "fail", ProfileId = "weld" } })
        {
            var stored = Assert.Single(await Inspections.ListAsync(query));
            Assert.Equal((inspection.Id, (string?)null), (stored.Inspection.Id, stored.FileName));
        }

        Assert.Empty(await Inspections.ListAsync(new() { PartId = "part-1" }));
    }

    [Fact]
    public async Task ListAsync_EachFilter_GivesThoseThatMatch()
    {
        var first = await InspectAsync(Rows.Time, Verdict.Fail, "part-1", "lot-1", "crack", "pore");
        var second = await InspectAsync(Rows.Time.AddHours(1), Verdict.Pass, "part-2", "lot-1");
        var other = await InspectAsync(Rows.Time.AddHours(2), Verdict.Review, "part-2", "lot-2", "pore");

        await AssertListedAsync(new(), other, second, first);
        await AssertListedAsync(new() { Verdict = "fail" }, first);
        await AssertListedAsync(new() { Class = "pore" }, other, first);
        await AssertListedAsync(new() { Class = "pore", Verdict = "review" }, other);
        await AssertListedAsync(new() { PartId = "part-2" }, other, second);
        await AssertListedAsync(new() { BatchId = "lot-1" }, second, first);
        await AssertListedAsync(new() { ProfileId = "weld", ModelId = "weld" }, other, second, first);
        await AssertListedAsync(new() { ProfileId = "wel" });
        await AssertListedAsync(new() { ModelId = "welds" });
        await AssertListedAsync(new() { From = Rows.Time.AddHours(1) }, other, second);
        await AssertListedAsync(new() { From = Rows.Time.AddHours(1).AddTicks(1) }, other);
        await AssertListedAsync(new() { To = Rows.Time.AddHours(1) }, first);
        await AssertListedAsync(new() { To = Rows.Time.AddHours(1).AddTicks(1) }, second, first);
        await AssertListedAsync(new() { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue }, other, second, first);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("crack")]
    public async Task ListAsync_PageByPage_GivesEachOnce(string? name)
    {
        var all = new List<Inspection>();
        for (var i = 0; i < 7; i++)
        {
            all.Add(await InspectAsync(Rows.Time.AddMinutes(i), Verdict.Fail, null, null, "crack"));
        }

        var listed = new List<Guid?>();
        Guid? before = null;
        do
        {
            var page = await Inspections.ListAsync(new() { Class = name, Limit = 3, Before = before });
            listed.AddRange(page.Select(stored => stored.Inspection.Id));
            before = page.Count == 3 ? page[^1].Inspection.FileId : null;
        }
        while (before is not null);

        Assert.Equal(all.AsEnumerable().Reverse().Select(inspection => inspection.Id), listed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task ListAsync_LimitOutOfRange_Throws(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Inspections.ListAsync(new() { Limit = limit }));

    private async Task AssertListedAsync(InspectionQuery query, params Inspection[] expected) =>
        Assert.Equal(expected.Select(inspection => inspection.Id), (await Inspections.ListAsync(query)).Select(stored => stored.Inspection.Id));

    private async Task<Inspection> InspectAsync(
        DateTimeOffset? at = null, Verdict verdict = Verdict.Pass, string? part = null, string? batch = null, params string[] classes)
    {
        var (id, metadata) = Rows.File(at);
        await Files.AcceptAsync([(id, metadata with { PartId = part, BatchId = batch })], null);
        var inspection = Rows.Inspection(id, verdict, classes);
        await Files.CompleteAsync(inspection);
        return inspection;
    }
}
