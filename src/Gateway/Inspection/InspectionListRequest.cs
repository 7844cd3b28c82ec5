using System.ComponentModel;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Filters and paging of a list of inspections.</summary>
internal sealed record InspectionListRequest
{
    [FromQuery(Name = "verdict"), Description("pass, fail or review.")]
    public string? Verdict { get; init; }

    [FromQuery(Name = "class"), Description("Class of at least one indication.")]
    public string? Class { get; init; }

    [FromQuery(Name = "profile_id"), Description("Profile applied.")]
    public string? ProfileId { get; init; }

    [FromQuery(Name = "model"), Description("Model that was run.")]
    public string? Model { get; init; }

    [FromQuery(Name = "part_id")]
    public string? PartId { get; init; }

    [FromQuery(Name = "batch_id")]
    public string? BatchId { get; init; }

    [FromQuery(Name = "from"), Description("File accepted at or after this time, ISO 8601; UTC if it has no offset.")]
    public string? From { get; init; }

    [FromQuery(Name = "to"), Description("File accepted before this time, ISO 8601; UTC if it has no offset.")]
    public string? To { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 1000, 50 by default.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("next_cursor of the previous page.")]
    public string? Cursor { get; init; }

    internal (InspectionQuery? Query, ProblemHttpResult? Problem) Read()
    {
        var errors = new FieldErrors();
        errors.CheckWord("verdict", Verdict, "pass", "fail", "review");
        errors.CheckLabel("class", Class);
        errors.Check(ProfileId is null || Gateway.ProfileId.IsValid(ProfileId), "profile_id", Gateway.ProfileId.Rule);
        errors.Check(Model is null || Gateway.ProfileId.IsValid(Model), "model", Gateway.ProfileId.Rule);
        errors.CheckLabel("part_id", PartId);
        errors.CheckLabel("batch_id", BatchId);
        var page = errors.CheckPage(Limit, Cursor);
        var from = errors.CheckTime("from", From);
        var to = errors.CheckTime("to", To);
        return errors.ToProblem() is { } problem ? (null, problem) : (new InspectionQuery
        {
            Verdict = Verdict,
            Class = Class,
            ProfileId = ProfileId,
            ModelId = Model,
            PartId = PartId,
            BatchId = BatchId,
            From = from,
            To = to,
            Before = page.Before,
            Limit = page.Limit,
        }, null);
    }
}
