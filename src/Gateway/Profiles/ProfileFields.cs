using Chitti.Domain;

namespace Chitti.Gateway;

/// <summary>What a profile says, in requests and in answers.</summary>
internal abstract record ProfileFields
{
    public required string Name { get; init; }

    public required string ComponentType { get; init; }

    public required Material Material { get; init; }

    public required string ModelId { get; init; }

    public DateOnly? EffectiveDate { get; init; }

    public string? Approver { get; init; }

    public double? MillimetresPerPixel { get; init; }

    public ImageRequirements Image { get; init; } = new();

    public float NmsIou { get; init; } = 0.5f;

    public NmsKind NmsKind { get; init; } = NmsKind.PerClass;

    public DecodeScale DecodeScale { get; init; } = DecodeScale.Auto;

    public required IReadOnlyList<DefectCriterion> Criteria { get; init; }

    public string? Procedure { get; init; }

    public string? MethodStandard { get; init; }

    public string? AcceptanceStandard { get; init; }

    internal ComponentProfile ToProfile() => new()
    {
        Name = Name,
        ComponentType = ComponentType,
        Material = Material,
        ModelId = ModelId,
        EffectiveDate = EffectiveDate,
        Approver = Approver,
        MillimetresPerPixel = MillimetresPerPixel,
        Image = Image,
        NmsIou = NmsIou,
        NmsKind = NmsKind,
        DecodeScale = DecodeScale,
        Criteria = Criteria,
        Procedure = Procedure,
        MethodStandard = MethodStandard,
        AcceptanceStandard = AcceptanceStandard,
    };
}
