using Chitti.Domain;

namespace Chitti.Storage.Tests;

/// <summary>Contract of file lists, for every database.</summary>
public abstract class FileListTests(Func<Task<TestStorage>> open) : StorageTests(open)
{
    [Fact]
    public async Task ListAsync_PageByPage_GivesEachOnceNewestFirst()
    {
        var files = await AcceptManyAsync(25);
        var seen = new List<Guid>();
        Guid? before = null;

        while (await Files.ListAsync(new FileQuery { Limit = 10, Before = before }) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(f => f.Id));
            before = page[^1].Id;
        }

        Assert.Equal(files.Select(f => f.Id).Reverse(), seen);
    }

    [Fact]
    public async Task ListAsync_EachFilter_NarrowsAsAsked()
    {
        var files = await AcceptManyAsync(6);
        await Files.CompleteAsync(Rows.Inspection(files[0].Id, Verdict.Fail, "crack", "pore"));
        await Files.CompleteAsync(Rows.Inspection(files[1].Id, Verdict.Review, "crack"));
        await Files.CompleteAsync(Rows.Inspection(files[2].Id, Verdict.Pass));
        await Files.FailAsync(files[3].Id, "unreadable", Rows.Time, deadLetter: false);

        await AssertAsync(new() { State = "queued" }, 5, 4);
        await AssertAsync(new() { State = "failed" }, 3);
        await AssertAsync(new() { State = "completed" }, 2, 1, 0);
        await AssertAsync(new() { Verdict = "fail" }, 0);
        await AssertAsync(new() { Class = "crack" }, 1, 0);
        await AssertAsync(new() { Class = "crack", Before = files[1].Id }, 0);
        await AssertAsync(new() { Class = "crack", Verdict = "review" }, 1);
        await AssertAsync(new() { PartId = "part 1" }, 5, 3, 1);
        await AssertAsync(new() { BatchId = "batch 2", State = "queued" }, 5);
        await AssertAsync(new() { From = files[1].CreatedAt, To = files[3].CreatedAt }, 2, 1);
        await AssertAsync(new() { To = files[1].CreatedAt.AddTicks(1) }, 1, 0);
        await AssertAsync(new() { To = DateTimeOffset.MaxValue }, 5, 4, 3, 2, 1, 0);
        await AssertAsync(new() { PartId = "part 1' OR 1=1 --" });

        async Task AssertAsync(FileQuery query, params int[] expected) =>
            Assert.Equal(expected.Select(i => files[i].Id), (await Files.ListAsync(query)).Select(f => f.Id));
    }

    [Fact]
    public async Task ListAsync_CompletedFile_HasVerdictAndNoInspection()
    {
        var file = await AcceptAsync();
        var inspection = Rows.Inspection(file.Id, Verdict.Review);
        await Files.CompleteAsync(inspection);

        var listed = Assert.Single(await Files.ListAsync(new FileQuery()));

        Assert.Equal(
            file with { Status = FileStatus.Completed, CompletedAt = Rows.Time, InspectionId = inspection.Id, Verdict = Verdict.Review }, listed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task ListAsync_LimitOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Files.ListAsync(new FileQuery { Limit = limit }));

    [Fact]
    public async Task GetManyAsync_SomeExist_GivesThoseWithTheirInspections()
    {
        var (queued, completed) = (await AcceptAsync(), await AcceptAsync());
        var inspection = Rows.Inspection(completed.Id, Verdict.Fail, "crack");
        await Files.CompleteAsync(inspection);

        var files = (await Files.GetManyAsync([queued.Id, Guid.NewGuid(), completed.Id])).ToDictionary(file => file.Id);

        Assert.Equal(2, files.Count);
        Assert.Equal(queued, files[queued.Id]);
        Assert.Equal(Rows.Json(inspection), Rows.Json(files[completed.Id].Inspection));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task GetManyAsync_CountOutOfRange_IsRefused(int count) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Files.GetManyAsync([.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())]));

    private async Task<List<(Guid Id, DateTimeOffset CreatedAt)>> AcceptManyAsync(int count)
    {
        var files = Enumerable.Range(0, count)
            .Select(i => (Rows.File(Rows.Time.AddMinutes(i)), i))
            .Select(file => file.Item1 with { Metadata = file.Item1.Metadata with { PartId = $"part {file.i % 2}", BatchId = $"batch {file.i % 3}" } })
            .ToList();
        await Files.AcceptAsync(files, null);
        return [.. files.Select(file => (file.Id, file.Metadata.CreatedAt))];
    }
}
