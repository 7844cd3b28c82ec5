using System.Text.Json.Serialization;

namespace Chitti.Domain;

/// <summary>An inspection as the API, the reports and the command line show it in JSON.</summary>
public sealed record InspectionDocument
{
    /// <summary>Null, and left out, for what is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Id { get; init; }

    /// <summary>Null, and left out, for what is not stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? FileId { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The rule that decided.</summary>
    public required string Reason { get; init; }

    /// <summary>Number of the deciding indication, or null.</summary>
    public int? DecidedBy { get; init; }

    /// <summary>Every indication.</summary>
    public required IReadOnlyList<IndicationDocument> Indications { get; init; }

    /// <summary>The model.</summary>
    public required ModelDocument Model { get; init; }

    /// <summary>The profile version.</summary>
    public required ProfileDocument Profile { get; init; }

    /// <summary>Thresholds of the call, where it gave any.</summary>
    public OverridesDocument? Overrides { get; init; }

    /// <summary>Version of Chitti.</summary>
    public required string SoftwareVersion { get; init; }

    /// <summary>The image.</summary>
    public required ImageDocument Image { get; init; }

    /// <summary>Milliseconds by stage.</summary>
    public required TimingDocument Timing { get; init; }

    /// <summary>For example <c>cpu</c>.</summary>
    public required string ExecutionProvider { get; init; }

    /// <summary>Images that shared the run.</summary>
    public required int BatchSize { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The document of an inspection.</summary>
    public static InspectionDocument From(Inspection inspection) => new()
    {
        Id = inspection.Id,
        FileId = inspection.FileId,
        Verdict = inspection.Verdict,
        Reason = inspection.Reason,
        DecidedBy = inspection.DecidedBy,
        Indications = [.. inspection.Indications.Select(IndicationDocument.From)],
        Model = new(inspection.Model.Id, inspection.Model.Name, inspection.Model.Version, inspection.Model.Sha256),
        Profile = new(inspection.Profile.Id, inspection.Profile.Version),
        Overrides = inspection.Overrides is { } overrides ? new(overrides.Confidence, overrides.Iou) : null,
        SoftwareVersion = inspection.SoftwareVersion,
        Image = new(inspection.Image.Width, inspection.Image.Height, inspection.Image.Sha256),
        Timing = TimingDocument.From(inspection.Timing),
        ExecutionProvider = inspection.ExecutionProvider,
        BatchSize = inspection.BatchSize,
        CreatedAt = inspection.CreatedAt,
    };

    /// <summary>A model.</summary>
    public sealed record ModelDocument(string Id, string Name, string Version, string Sha256);

    /// <summary>A profile version.</summary>
    public sealed record ProfileDocument(string Id, int Version);

    /// <summary>Thresholds of the call.</summary>
    public sealed record OverridesDocument(float? Confidence, float? Iou);

    /// <summary>An image: pixels after EXIF orientation, and the hash of its bytes.</summary>
    public sealed record ImageDocument(int Width, int Height, string Sha256);

    /// <summary>Milliseconds by stage.</summary>
    public sealed record TimingDocument(
        double QueueMs, double DecodeMs, double PreprocessMs, double InferenceMs, double PostprocessMs, double TotalMs)
    {
        internal static TimingDocument From(InspectionTiming timing) => new(
            Round(timing.QueueMs), Round(timing.DecodeMs), Round(timing.PreprocessMs),
            Round(timing.InferenceMs), Round(timing.PostprocessMs), Round(timing.TotalMs));

        private static double Round(double milliseconds) => Math.Round(milliseconds, 3);
    }
}
