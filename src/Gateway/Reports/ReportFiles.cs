using Chitti.Domain;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chitti.Gateway;

/// <summary>Finds the files that a report covers.</summary>
internal sealed class ReportFiles(IFileStore files)
{
    private const int PageSize = 1_000;
    private const int Shown = 5;

    /// <summary>Returns the ids of the files in the order of the report, or a problem.</summary>
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
                new() { BatchId = batch, IncludesDeleted = true, Before = ids.Count == 0 ? null : ids[^1], Limit = PageSize }, cancellationToken);
            ids.AddRange(page.Select(row => row.Id));
        }
        while (page.Count == PageSize && ids.Count <= ReportRequest.MaxFiles);

        if (ids.Count is 0 or > ReportRequest.MaxFiles)
        {
            return (null, Problems.Invalid(
                "batch_id", ids.Count == 0 ? "the batch has no files" : $"the batch has more than {ReportRequest.MaxFiles} files, the limit for one report"));
        }

        // The list is newest first; a report is in the order of upload.
        ids.Reverse();
        return (ids, null);
    }

    private async Task<(IReadOnlyList<Guid>? Ids, ProblemHttpResult? Problem)> CheckAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count is 0 or > ReportRequest.MaxFiles)
        {
            return (null, Problems.Invalid("file_ids", $"must have 1 to {ReportRequest.MaxFiles} ids"));
        }

        if (ids.Distinct().Count() != ids.Count)
        {
            return (null, Problems.Invalid("file_ids", "must not repeat an id"));
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
                $"unknown ids: {string.Join(", ", missing.Take(Shown))}{(missing.Count > Shown ? $" and {missing.Count - Shown} more" : "")}"));
    }
}
