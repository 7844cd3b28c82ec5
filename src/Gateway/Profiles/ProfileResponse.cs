using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>One version of a profile.</summary>
internal sealed record ProfileResponse : ProfileFields
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal static ProfileResponse From(ProfileVersion version) => new()
    {
        Id = version.Reference.Id,
        Version = version.Reference.Version,
        CreatedAt = version.CreatedAt,
        Name = version.Profile.Name,
        ComponentType = version.Profile.ComponentType,
        Material = version.Profile.Material,
        ModelId = version.Profile.ModelId,
        EffectiveDate = version.Profile.EffectiveDate,
        Approver = version.Profile.Approver,
        MillimetresPerPixel = version.Profile.MillimetresPerPixel,
        Image = version.Profile.Image,
        NmsIou = version.Profile.NmsIou,
        NmsKind = version.Profile.NmsKind,
        DecodeScale = version.Profile.DecodeScale,
        Criteria = version.Profile.Criteria,
        Procedure = version.Profile.Procedure,
        MethodStandard = version.Profile.MethodStandard,
        AcceptanceStandard = version.Profile.AcceptanceStandard,
    };
}
