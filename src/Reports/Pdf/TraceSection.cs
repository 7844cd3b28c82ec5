using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>What a verdict can be reproduced from: image, profile version, model, software, execution provider.</summary>
internal static class TraceSection
{
    public static void WriteFile(Composition composition, ReportItem item)
    {
        composition.Heading("Image, model and software");
        FieldGroup.Write(composition, "Image", OfImage(item));
        FieldGroup.Write(composition, "Inspection", OfInspection(item));
        if (item.Inspection is { } inspection)
        {
            FieldGroup.Write(
                composition, "Model", new("Model", inspection.Model.Name), new("Version", inspection.Model.Version),
                new("Model id", inspection.Model.Id), new("Model SHA-256", inspection.Model.Sha256, Wide: true));
        }

        FieldGroup.Write(composition, "Software", [new("Report by", "Chitti " + composition.Document.SoftwareVersion)]);
    }

    /// <summary>For many files: each model and software version once; the files refer to them.</summary>
    public static void WriteModels(Composition composition)
    {
        composition.Heading("Models and software");
        foreach (var run in composition.Document.Items.Select(i => i.Inspection).OfType<Inspection>()
            .GroupBy(i => (i.Model, i.SoftwareVersion, i.ExecutionProvider)))
        {
            FieldGroup.Write(
                composition, "Model", new("Model", run.Key.Model.Name), new("Version", run.Key.Model.Version),
                new("Model id", run.Key.Model.Id), new("Execution provider", run.Key.ExecutionProvider),
                new("Software", "Chitti " + run.Key.SoftwareVersion),
                new("Used for", ReportText.Count(run.Count(), "file", "files")),
                new("Model SHA-256", run.Key.Model.Sha256, Wide: true));
        }

        FieldGroup.Write(composition, "Software", [new("Report by", "Chitti " + composition.Document.SoftwareVersion)]);
    }

    public static IReadOnlyList<Field> OfImage(ReportItem item) =>
    [
        new("File", item.FileName, Wide: true),
        new("File id", item.FileId?.ToString(), Wide: true),
        new("Image SHA-256", item.Sha256, Wide: true),
        new("Format", item.MediaType),
        new("Size", ReportText.Bytes(item.Size)),
        new("Pixels", item.Width > 0 ? ReportText.Pixels(item.Width, item.Height) : null),
        new("Accepted", item.ReceivedAt is { } accepted ? ReportText.Utc(accepted) : null),
        .. item.PictureDeletedAt is { } deleted ? [new Field("Picture deleted", $"{ReportText.Utc(deleted)} by {item.PictureDeletedBy}")] : Array.Empty<Field>(),
    ];

    public static IReadOnlyList<Field> OfInspection(ReportItem item) => item.Inspection is not { } inspection
        ? [new("Error", item.Error ?? "The file was not inspected.", Wide: true)]
        :
        [
            new("Inspection id", inspection.Id?.ToString(), Wide: true),
            new("Inspected", ReportText.Utc(inspection.CreatedAt)),
            new("Profile", string.Create(
                CultureInfo.InvariantCulture, $"{inspection.Profile.Id}, version {inspection.Profile.Version}")),
            new("Software", "Chitti " + inspection.SoftwareVersion),
            new("Execution provider", inspection.ExecutionProvider),
            new("Thresholds", OverridesOf(inspection.Overrides), Wide: inspection.Overrides is not null),
            new("Shown to model", inspection.Tiles > 0
                ? string.Create(CultureInfo.InvariantCulture, $"whole and in {inspection.Tiles} tiles")
                : "whole"),
            new("Coverage", inspection.Coverage is { } coverage ? $"{ReportText.Number(100 * coverage, "0.##")} %" : null),
            .. OfRegistration(inspection.Registration),
            .. inspection.Gates.Select(gate => new Field(
                $"Gate: {ApiJson.Word(gate.Name)}",
                $"{ReportText.Number(gate.Value, "0.00")}, limit {ReportText.Number(gate.Limit, "0.00")}: {(gate.Passed ? "passed" : "not passed")}")),
            new("Like the training", inspection.TrainingKnowledge == TrainingKnowledge.Features ? "checked, see the gates" : inspection.TrainingNote, Wide: true),
        ];

    private static IReadOnlyList<Field> OfRegistration(PartRegistration? registration) => registration is null
        ? []
        :
        [
            new("Reference", registration.ReferenceSha256 ?? "none was recognised in the image", Wide: true),
            new("Image to reference", registration.ImageToReference is { } map
                ? string.Join(", ", map.Append(1).Select(value => value.ToString("0.######", CultureInfo.InvariantCulture))) : null, Wide: true),
        ];

    public static string OverridesOf(DetectionOverrides? overrides)
    {
        if (overrides is null)
        {
            return "the profile's";
        }

        var parts = new List<string>();
        if (overrides.Confidence is { } confidence)
        {
            parts.Add($"confidence {ReportText.Number(confidence, "0.####")}");
        }

        if (overrides.Iou is { } iou)
        {
            parts.Add($"IoU {ReportText.Number(iou, "0.####")}");
        }

        if (overrides.Tiles is { } tiles)
        {
            parts.Add($"tiles {tiles}");
        }

        return $"given with the call, in place of the profile's: {string.Join(", ", parts)}";
    }
}
