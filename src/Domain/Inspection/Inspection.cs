using System.Text.Json.Serialization;

namespace Chitti.Domain;

/// <summary>
/// The result of inspecting one image with one model version under one profile version: indications and a verdict. Contains
/// everything needed to repeat the inspection and get the same verdict.
/// </summary>
/// <remarks>
/// Serialized with <see cref="ApiJson.Options"/>, it is the JSON of the API, of reports, of <c>results.json</c> and of the
/// database.
/// </remarks>
[GenerateSerializer, Immutable, Alias("chitti.inspection")]
public record Inspection
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

    /// <summary>Number of the indication that decided the verdict; null if none did.</summary>
    [Id(4)] public int? DecidedBy { get; init; }

    /// <summary>Every indication, rejected or not, most confident first.</summary>
    [Id(5)] public required IReadOnlyList<Indication> Indications { get; init; }

    /// <summary>The model that was run.</summary>
    [Id(6)] public required ModelIdentity Model { get; init; }

    /// <summary>The profile version applied.</summary>
    [Id(7)] public required ProfileReference Profile { get; init; }

    /// <summary>Thresholds of the call that replaced the profile's; null if the profile's were used.</summary>
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

    /// <summary>The conditions that were checked; none in inspections of release 0.1.0.</summary>
    [Id(15)] public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>
    /// Share of the picture that the model saw at a scale that it was trained at, 0..1, four decimals; null in inspections of
    /// release 0.1.0.
    /// </summary>
    [Id(16)] public double? Coverage { get; init; }

    /// <summary>Number of parts in which the picture was shown to the model, besides the whole; 0 for the whole only.</summary>
    [Id(17)] public int Tiles { get; init; }

    /// <summary>How the image lies on a reference of its profile; null if the profile has none.</summary>
    [Id(18)] public PartRegistration? Registration { get; init; }

    /// <summary>
    /// What was known of the pictures that the model was trained on, and so how well the gates <c>distribution</c> and
    /// <c>appearance</c> can tell others from them; null in inspections of release 0.1.0.
    /// </summary>
    [Id(19)] public TrainingKnowledge? TrainingKnowledge { get; init; }

    /// <summary>What that leaves open, in words; null if nothing is to be said.</summary>
    public string? TrainingNote => TrainingNotes.Of(TrainingKnowledge);

    /// <summary>
    /// A copy with figures rounded as in new inspections; release 0.1.0 stored them unrounded in grain state.
    /// </summary>
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
