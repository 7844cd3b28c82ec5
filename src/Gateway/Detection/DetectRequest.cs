using System.ComponentModel;
using Chitti.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chitti.Gateway;

/// <summary>Query parameters of direct detection.</summary>
internal sealed record DetectRequest
{
    [FromQuery(Name = "profile_id"), Description("Profile to judge by; the default profile if omitted.")]
    public string? ProfileId { get; init; }

    [FromQuery(Name = "model"), Description("Model to use instead of the profile's.")]
    public string? Model { get; init; }

    [FromQuery(Name = "confidence"), Description("Confidence, 0 to 1, from which an indication is recorded and rejected, instead of the profile's.")]
    public float? Confidence { get; init; }

    [FromQuery(Name = "iou"), Description("IoU, 0 to 1, above which two boxes count as one, instead of the profile's.")]
    public float? Iou { get; init; }

    [FromQuery(Name = "tiles"), Description("auto, off, or columns and rows such as 4x3, instead of the profile's.")]
    public string? Tiles { get; init; }

    internal DetectionOverrides? Overrides => (Confidence, Iou, Tiles) is (null, null, null) ? null : new(Confidence, Iou, Tiles);

    internal ProblemHttpResult? Validate()
    {
        var errors = new FieldErrors();
        errors.Check(ProfileId is null || Gateway.ProfileId.IsValid(ProfileId), "profile_id", Gateway.ProfileId.Rule);
        errors.Check(Model is null || Gateway.ProfileId.IsValid(Model), "model", Gateway.ProfileId.Rule);
        errors.CheckFraction("confidence", Confidence);
        errors.CheckFraction("iou", Iou);
        errors.Check(Tiles is null || Tiling.Parse(Tiles) is not null, "tiles", $"is '{FieldErrors.Shorten(Tiles ?? "")}'; {Tiling.Rule}");
        return errors.ToProblem();
    }
}
