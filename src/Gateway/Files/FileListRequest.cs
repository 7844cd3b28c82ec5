using System.ComponentModel;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Filters and paging of a list of files.</summary>
internal sealed record FileListRequest : ListRequest
{
    [FromQuery(Name = "state"), Description("queued (includes files being processed), completed or failed.")]
    public string? State { get; init; }

    internal (FileQuery? Query, ProblemHttpResult? Problem) Read()
    {
        var errors = new FieldErrors();
        errors.CheckWord("state", State, "queued", "completed", "failed");
        var common = Check(errors);
        return errors.ToProblem() is { } problem ? (null, problem) : (new FileQuery
        {
            State = State,
            Verdict = Verdict,
            Class = Class,
            PartId = PartId,
            BatchId = BatchId,
            From = common.From,
            To = common.To,
            Before = common.Before,
            Limit = common.Limit,
        }, null);
    }
}
