using Chitti.Domain;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Finds the files that a report is to cover.</summary>
internal sealed class ReportFiles(IFileStore files)
{
    private const int PageSize = 1_000;
    private const int Shown = 5;

    /// <summary>Either the files in their order, or a problem that names what is wrong.</summary>
    internal async Task<(IReadOnlyList<Guid>? Ids, ProblemHttpResult? Problem)> FindAsync(
        CreateReportRequest request, CancellationToken cancellationToken)
    {
        if (request.FileIds is null == request.BatchId is null)
        {
            return (null, Problems.Invalid("file_ids", "either file_ids or batch_id must be given"));
        }

        return request.BatchId is { } batch
            ? await FindBatchAsync(batch, cancellationToken)
            : await CheckAsync(request.FileIds!, cancellationToken);
    }

    private async Task<(IReadOnlyList<Guid>? Ids, ProblemHttpResult? Problem)> FindBatchAsync(string batch, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        IReadOnlyList<FileSnapshot> page;
        do
        {
            page = await files.ListAsync(
                new() { BatchId = batch, Before = ids.Count == 0 ? null : ids[^1], Limit = PageSize }, cancellationToken);
            ids.AddRange(page.Select(row => row.Id));
        }
        while (page.Count == PageSize && ids.Count <= ReportRequest.MaxFiles);

        if (ids.Count is 0 or > ReportRequest.MaxFiles)
        {
            return (null, Problems.Invalid(
                "batch_id", ids.Count == 0 ? "no file is filed under this batch" : $"has more than the {ReportRequest.MaxFiles} files that one report covers"));
        }

        // The newest is listed first; a report goes in the order of the uploads.
        ids.Reverse();
        return (ids, null);
    }

    private async Task<(IReadOnlyList<Guid>? Ids, ProblemHttpResult? Problem)> CheckAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0 or > ReportRequest.MaxFiles)
        {
            return (null, Problems.Invalid("file_ids", $"must name 1 to {ReportRequest.MaxFiles} files"));
        }

        if (ids.Distinct().Count() != ids.Count)
        {
            return (null, Problems.Invalid("file_ids", "must name each file once"));
        }

        var missing = new List<Guid>();
        foreach (var page in ids.Chunk(PageSize))
        {
            var known = await files.FindAsync(page, cancellationToken);
            missing.AddRange(page.Where(id => !known.Contains(id)));
        }

        return missing.Count == 0
            ? (ids, null)
            : (null, Problems.Invalid(
                "file_ids",
                $"there is no file {string.Join(", ", missing.Take(Shown))}{(missing.Count > Shown ? $" and {missing.Count - Shown} more" : "")}"));
    }
}
