using System.ComponentModel;
using Chitti.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Filters and paging of a list of inspections.</summary>
internal sealed record InspectionListRequest : ListRequest
{
    [FromQuery(Name = "profile_id"), Description("Profile applied.")]
    public string? ProfileId { get; init; }

    [FromQuery(Name = "model"), Description("Model that was run.")]
    public string? Model { get; init; }

    internal (InspectionQuery? Query, ProblemHttpResult? Problem) Read()
    {
        var errors = new FieldErrors();
        errors.Check(ProfileId is null || Gateway.ProfileId.IsValid(ProfileId), "profile_id", Gateway.ProfileId.Rule);
        errors.Check(Model is null || Gateway.ProfileId.IsValid(Model), "model", Gateway.ProfileId.Rule);
        var common = Check(errors);
        return errors.ToProblem() is { } problem ? (null, problem) : (new InspectionQuery
        {
            Verdict = Verdict,
            Class = Class,
            ProfileId = ProfileId,
            ModelId = Model,
            PartId = PartId,
            BatchId = BatchId,
            From = common.From,
            To = common.To,
            Before = common.Before,
            Limit = common.Limit,
        }, null);
    }
}
