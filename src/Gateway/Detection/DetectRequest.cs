using System.ComponentModel;
using Chitti.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>How a direct call wants its image looked at.</summary>
internal sealed record DetectRequest
{
    [FromQuery(Name = "profile_id"), Description("Profile to judge by; the default profile where none is named.")]
    public string? ProfileId { get; init; }

    [FromQuery(Name = "model"), Description("Model in place of the profile's.")]
    public string? Model { get; init; }

    [FromQuery(Name = "confidence"), Description("Lowest confidence to record and to reject, 0 to 1, in place of the profile's.")]
    public float? Confidence { get; init; }

    [FromQuery(Name = "iou"), Description("Overlap above which two boxes are one, 0 to 1, in place of the profile's.")]
    public float? Iou { get; init; }

    [FromQuery(Name = "tiles"), Description("off; other values are not served yet.")]
    public string? Tiles { get; init; }

    internal DetectionOverrides? Overrides => Confidence is null && Iou is null ? null : new(Confidence, Iou);

    internal ProblemHttpResult? Validate()
    {
        var errors = new FieldErrors();
        errors.Check(ProfileId is null || Gateway.ProfileId.IsValid(ProfileId), "profile_id", Gateway.ProfileId.Rule);
        errors.Check(Model is null || Gateway.ProfileId.IsValid(Model), "model", Gateway.ProfileId.Rule);
        errors.CheckPart("confidence", Confidence);
        errors.CheckPart("iou", Iou);
        errors.CheckWord("tiles", Tiles, "off");
        return errors.ToProblem();
    }
}
