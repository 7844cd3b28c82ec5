using Chitti.Storage;
using Dapper;

namespace Chitti.Grains.Tests.Storage;

public sealed class FileQueryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteCatalog _catalog;

    public FileQueryTests()
    {
        _database = new SqliteDatabase(new SqliteOptions { Path = _folder["chitti.db"] });
        _catalog = new SqliteCatalog(_database);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string, FileQuery> Queries => new()
    {
        { "SCAN f", new() },
        { "files_state", new() { State = "queued" } },
        { "files_verdict", new() { Verdict = "fail" } },
        { "files_part", new() { PartId = "part 1" } },
        { "files_batch", new() { BatchId = "batch 1" } },
        { "SEARCH c USING PRIMARY KEY", new() { Class = "crack" } },
        { "SEARCH c USING PRIMARY KEY", new() { Class = "crack", Verdict = "fail", State = "completed" } },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void ListText_EveryFilter_WalksItsIndexWithoutSorting(string expected, FileQuery query)
    {
        foreach (var page in new[] { query, query with { Before = Guid.CreateVersion7() } })
        {
            using var connection = _database.OpenReader();
            var plan = string.Join('\n', connection.Query("EXPLAIN QUERY PLAN " + FileSql.ListText(page), FileSql.ListValues(page)).Select(row => (string)row.detail));

            // Without a filter the table itself is in the order asked for: a page of it is a walk, not a full scan.
            Assert.Contains(page.Before is not null && expected == "SCAN f" ? "SEARCH f USING PRIMARY KEY" : expected, plan);
            Assert.DoesNotContain("TEMP B-TREE", plan);
            if (expected != "SCAN f")
                Assert.DoesNotContain("SCAN", plan);
        }
    }

    [Fact]
    public async Task ListFilesAsync_PageByPage_GivesEachOnceNewestFirst()
    {
        var files = await AddAsync(25);
        var seen = new List<Guid>();
        Guid? before = null;

        while (await _catalog.ListFilesAsync(new FileQuery { Limit = 10, Before = before }) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(f => f.Id));
            before = page[^1].Id;
        }

        Assert.Equal(files.Select(f => f.Id).Reverse(), seen);
    }

    [Fact]
    public async Task ListFilesAsync_EachFilter_NarrowsAsAsked()
    {
        var files = await AddAsync(6);
        await _catalog.CompleteFileAsync(Rows.Inspection(files[0].Id, "fail", "crack", "pore"), Rows.Time);
        await _catalog.CompleteFileAsync(Rows.Inspection(files[1].Id, "review", "crack"), Rows.Time);
        await _catalog.CompleteFileAsync(Rows.Inspection(files[2].Id, "pass"), Rows.Time);
        await _catalog.FailFileAsync(files[3].Id, "unreadable", Rows.Time);

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
            Assert.Equal(expected.Select(i => files[i].Id), (await _catalog.ListFilesAsync(query)).Select(f => f.Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task ListFilesAsync_LimitOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _catalog.ListFilesAsync(new FileQuery { Limit = limit }));

    private async Task<List<FileRow>> AddAsync(int count)
    {
        var files = Enumerable.Range(0, count)
            .Select(i => Rows.File(Rows.Time.AddMinutes(i)) with { PartId = $"part {i % 2}", BatchId = $"batch {i % 3}" })
            .ToList();
        await _catalog.AddFilesAsync(files, null);
        return files;
    }
}
