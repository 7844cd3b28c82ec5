using Chitti.Storage.Sqlite;
using Dapper;

namespace Chitti.Storage.Tests;

public sealed class FileQueryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public FileQueryTests() => _database = new SqliteDatabase(new SqliteOptions { Path = _folder["chitti.db"] });

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
    public void ListText_EveryFilter_UsesItsIndexWithoutSorting(string expected, FileQuery query)
    {
        foreach (var page in new[] { query, query with { Before = Guid.CreateVersion7() } })
        {
            using var connection = _database.OpenReader();
            var plan = string.Join('\n', connection.Query("EXPLAIN QUERY PLAN " + FileListSql.ListText(page), FileSql.ListValues(page)).Select(row => (string)row.detail));

            // Without a filter the table itself is in the requested order: a page reads only its own rows, although the plan says SCAN.
            Assert.Contains(page.Before is not null && expected == "SCAN f" ? "SEARCH f USING PRIMARY KEY" : expected, plan);
            Assert.DoesNotContain("TEMP B-TREE", plan);
            if (expected != "SCAN f")
            {
                Assert.DoesNotContain("SCAN", plan);
            }
        }
    }
}
