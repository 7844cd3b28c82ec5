using System.ComponentModel;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Filters and paging of a list of files.</summary>
internal sealed record FileListRequest
{
    [FromQuery(Name = "state"), Description("queued (includes files being processed), completed or failed.")]
    public string? State { get; init; }

    [FromQuery(Name = "verdict"), Description("pass, fail or review.")]
    public string? Verdict { get; init; }

    [FromQuery(Name = "class"), Description("Class of at least one indication.")]
    public string? Class { get; init; }

    [FromQuery(Name = "part_id")]
    public string? PartId { get; init; }

    [FromQuery(Name = "batch_id")]
    public string? BatchId { get; init; }

    [FromQuery(Name = "from"), Description("Accepted at or after this time, ISO 8601; UTC if it has no offset.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("Accepted before this time, ISO 8601; UTC if it has no offset.")]
    public string? To { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 1000, 50 by default.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("next_cursor of the previous page.")]
    public string? Cursor { get; init; }

    internal (FileQuery? Query, ProblemHttpResult? Problem) Read()
    {
        var errors = new FieldErrors();
        errors.CheckWord("state", State, "queued", "completed", "failed");
        errors.CheckWord("verdict", Verdict, "pass", "fail", "review");
        errors.CheckLabel("class", Class);
        errors.CheckLabel("part_id", PartId);
        errors.CheckLabel("batch_id", BatchId);
        var page = errors.CheckPage(Limit, Cursor);
        var from = errors.CheckTime("from", From);
        var to = errors.CheckTime("to", To);
        return errors.ToProblem() is { } problem ? (null, problem) : (new FileQuery
        {
            State = State,
            Verdict = Verdict,
            Class = Class,
            PartId = PartId,
            BatchId = BatchId,
            From = from,
            To = to,
            Before = page.Before,
            Limit = page.Limit,
        }, null);
    }
}
