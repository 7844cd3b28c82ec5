using System.Text.Json.Serialization;

namespace Chitti.Domain;

/// <summary>
/// One image, under one profile version, by one model version, giving indications and one verdict.
/// Holds everything needed to run it again and get the same verdict.
/// </summary>
/// <remarks>Written with <see cref="ApiJson.Options"/> it is the JSON of the API, of reports, of <c>results.json</c> and of the database.</remarks>
[GenerateSerializer, Immutable, Alias("chitti.inspection")]
public sealed record Inspection
{
    /// <summary>UUIDv7; null for a direct detection, which is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(0)] public Guid? Id { get; init; }

    /// <summary>The inspected file; null for a direct detection.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Id(1)] public Guid? FileId { get; init; }

    /// <summary>The verdict.</summary>
    [Id(2)] public required Verdict Verdict { get; init; }

    /// <summary>The rule that decided the verdict, for people.</summary>
    [Id(3)] public required string Reason { get; init; }

    /// <summary>Number of the indication the verdict rests on; null where none decided it.</summary>
    [Id(4)] public int? DecidedBy { get; init; }

    /// <summary>Every indication, rejected or not, most confident first.</summary>
    [Id(5)] public required IReadOnlyList<Indication> Indications { get; init; }

    /// <summary>The model that looked.</summary>
    [Id(6)] public required ModelIdentity Model { get; init; }

    /// <summary>The profile version that judged.</summary>
    [Id(7)] public required ProfileReference Profile { get; init; }

    /// <summary>Thresholds of the call that stood in for the profile's; null where the profile's were used.</summary>
    [Id(8)] public DetectionOverrides? Overrides { get; init; }

    /// <summary>Version of Chitti that ran the inspection.</summary>
    [Id(9)] public required string SoftwareVersion { get; init; }

    /// <summary>The image.</summary>
    [Id(10)] public required ImageIdentity Image { get; init; }

    /// <summary>Where the time went.</summary>
    [Id(11)] public required InspectionTiming Timing { get; init; }

    /// <summary>What ran the model, for example <c>cpu</c>.</summary>
    [Id(12)] public required string ExecutionProvider { get; init; }

    /// <summary>How many images shared the model's run.</summary>
    [Id(13)] public required int BatchSize { get; init; }

    /// <summary>When the verdict was given, UTC.</summary>
    [Id(14)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>With its figures rounded as inspections are made now; release 0.1.0 kept them unrounded in grain states.</summary>
    public Inspection Rounded() => this with
    {
        Indications =
        [
            .. Indications.Select(indication => indication with
            {
                Confidence = Finding.RoundConfidence(indication.Confidence),
                Box = indication.Box.Rounded(),
            }),
        ],
        Timing = Timing.Rounded(),
    };
}
