namespace Chitti.Domain;

/// <summary>What an inspection of one kind of part looks for and what it accepts.</summary>
/// <remarks>
/// The only definition of the fields: JSON that people write is read into it with <see cref="ApiJson.Strict"/>, and the
/// API's requests and answers derive from it. Only the profile itself is sent to grains and stored.
/// </remarks>
[GenerateSerializer, Immutable, Alias("chitti.component-profile")]
public record ComponentProfile
{
    /// <summary>Display name, 1..200 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Kind of part, 1..200 characters.</summary>
    [Id(1)] public required string ComponentType { get; init; }

    /// <summary>What the part is made of.</summary>
    [Id(2)] public required Material Material { get; init; }

    /// <summary>Id of the model to run.</summary>
    [Id(3)] public required string ModelId { get; init; }

    /// <summary>First day on which the profile applies.</summary>
    [Id(4)] public DateOnly? EffectiveDate { get; init; }

    /// <summary>Who approved it.</summary>
    [Id(5)] public string? Approver { get; init; }

    /// <summary>Calibration: millimetres per pixel, above 0; null if sizes are known in pixels only.</summary>
    [Id(6)] public double? MillimetresPerPixel { get; init; }

    /// <summary>What an image must meet to be judged.</summary>
    [Id(7)] public ImageRequirements Image { get; init; } = new();

    /// <summary>Intersection over union above which two boxes count as one, 0..1.</summary>
    [Id(8)] public float NmsIou { get; init; } = 0.5f;

    /// <summary>Which boxes suppress each other.</summary>
    [Id(9)] public NmsKind NmsKind { get; init; } = NmsKind.PerClass;

    /// <summary>Scale at which images are decoded.</summary>
    [Id(10)] public DecodeScale DecodeScale { get; init; } = DecodeScale.Auto;

    /// <summary>One criterion per class of defect that is judged, at least one.</summary>
    [Id(11)] public required IReadOnlyList<DefectCriterion> Criteria { get; init; }

    /// <summary>Procedure or work instruction and its revision, as reports cite it.</summary>
    [Id(12)] public string? Procedure { get; init; }

    /// <summary>Standard of the method, as reports cite it.</summary>
    [Id(13)] public string? MethodStandard { get; init; }

    /// <summary>Standard of acceptance, as reports cite it.</summary>
    [Id(14)] public string? AcceptanceStandard { get; init; }

    /// <summary>Classes that the model finds and that do not count. With <see cref="Criteria"/> they must cover every class of the model.</summary>
    [Id(15)] public IReadOnlyList<IgnoredClass> Ignored { get; init; } = [];

    /// <summary>
    /// Whether an image is inspected in parts: <c>auto</c> for as many as it takes to show it at a scale that the model was
    /// trained at, <c>off</c>, or columns and rows, such as <c>4x3</c>.
    /// </summary>
    [Id(16)] public string Tiles { get; init; } = "auto";

    /// <summary>Pictures of a good part, 0 to 8. Each image is compared with the one that fits best.</summary>
    [Id(17)] public IReadOnlyList<ReferencePicture> References { get; init; } = [];

    /// <summary>How an image must lie on one of them.</summary>
    [Id(18)] public ReferenceRequirements Registration { get; init; } = new();

    /// <summary>A copy without what a derived type adds.</summary>
    public ComponentProfile ToProfile() => new(this);

    /// <summary>Classes of a model that are neither judged nor ignored; empty if the profile says everything.</summary>
    public IReadOnlyList<string> FindClassesNotNamed(IReadOnlyList<string> classes) =>
    [
        .. classes.Distinct(StringComparer.Ordinal)
            .Except(Criteria.Select(criterion => criterion.Class).Concat(Ignored.Select(ignored => ignored.Class)), StringComparer.Ordinal),
    ];

    /// <summary>Classes with a criterion that are not among a model's; empty if the profile fits the model.</summary>
    public IReadOnlyList<string> FindClassesNotIn(IReadOnlyList<string> classes) =>
        [.. Criteria.Select(criterion => criterion.Class).Except(classes, StringComparer.Ordinal)];
}
