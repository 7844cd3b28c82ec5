using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Filters and paging that lists of files and of inspections have in common.</summary>
internal abstract record ListRequest
{
    [FromQuery(Name = "verdict"), Description("pass, fail or review.")]
    public string? Verdict { get; init; }

    [FromQuery(Name = "class"), Description("Class of at least one indication.")]
    public string? Class { get; init; }

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

    /// <summary>Adds the faults of the common filters.</summary>
    private protected Common Check(FieldErrors errors)
    {
        errors.CheckWord("verdict", Verdict, "pass", "fail", "review");
        errors.CheckLabel("class", Class);
        errors.CheckLabel("part_id", PartId);
        errors.CheckLabel("batch_id", BatchId);
        var (limit, before) = errors.CheckPage(Limit, Cursor);
        return new(limit, before, errors.CheckTime("from", From), errors.CheckTime("to", To));
    }

    /// <summary>What is not a text.</summary>
    private protected readonly record struct Common(int Limit, Guid? Before, DateTimeOffset? From, DateTimeOffset? To);
}
