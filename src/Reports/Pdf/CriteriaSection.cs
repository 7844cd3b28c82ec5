using System.Globalization;
using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>The verdict rule, and the criteria of each profile version once.</summary>
internal static class CriteriaSection
{
    private static readonly IReadOnlyList<Column> _columns =
    [
        new("Class", 92), new("Severity", 46), new("Record\nfrom", 40, Right: true), new("Review\nfrom", 40, Right: true),
        new("Reject\nfrom", 40, Right: true), new("Size allowed\n(longest side)", 68), new("Number\nallowed", 46, Right: true),
        new("Total area\nallowed", 60), new("Zone", 79.28f),
    ];

    public static void Write(Composition composition)
    {
        composition.Heading("How the verdict is reached", 110);
        composition.Paragraph(
            "Fail: an indication breaks a reject criterion; the most severe, then the most confident one decides. Otherwise review: "
            + "an indication lies in the review band of its class, below the reject threshold, or the profile does not name its class, "
            + "or the image is not fit to judge: its size, brightness, sharpness or scale, or that it is not recognised as this part or does "
            + "not show all of it. Otherwise pass.");
        composition.Paragraph(
            "An indication is something the model found; it is not yet a defect. Every indication is recorded; only one that "
            + "breaks an acceptance criterion rejects the part. Confidence is a score from 0 to 1 that the model gives, not a probability.");
        foreach (var used in composition.Profiles)
        {
            composition.Flow.Space(4);
            composition.Flow.Add(new TextBlock(composition.Typesetter.Wrap(
                $"Acceptance criteria: {IdentificationSection.NameOf(used)}", TextStyle.Strong, Sheet.ContentWidth, 3), TextStyle.Strong), 50);
            composition.Flow.Space(3);
            if (used.Profile is not { } profile)
            {
                composition.Paragraph("The criteria of this profile version are not stated, because they are no longer available.");
                continue;
            }
            composition.Table(_columns, profile.Criteria.Select(Row));
            composition.Flow.Space(3);
            foreach (var criterion in profile.Criteria)
            {
                if (criterion.Zone is { } zone)
                {
                    composition.Paragraph(
                        $"Zone of {criterion.Class}, in fractions of the image's width and height: "
                        + string.Join(" ", zone.Select(p => $"({ReportText.Number(p.X, "0.####")}, {ReportText.Number(p.Y, "0.####")})")), TextStyle.Label);
                }
            }

            foreach (var ignored in profile.Ignored)
            {
                composition.Paragraph(
                    $"Ignored: {ignored.Class}, recorded from {Confidence(ignored.RecordConfidence)}. Reason: {ignored.Reason}", TextStyle.Label);
            }

            composition.Paragraph(Other(profile), TextStyle.Label);
            if (profile.References.Count > 0)
            {
                composition.Paragraph(References(used, profile), TextStyle.Label);
            }
        }
    }

    private static Cell[] Row(DefectCriterion criterion) =>
    [
        criterion.Class,
        Cell.Of(ApiJson.Word(criterion.Severity), TextStyle.Strong with { Color = Palette.Of(criterion.Severity) }),
        Confidence(criterion.RecordConfidence),
        criterion.ReviewConfidence is { } review ? Confidence(review) : "–",
        Confidence(criterion.RejectConfidence),
        criterion.MaxSize is { } size ? "up to " + Figure(size, criterion.SizeUnit) : "none",
        criterion.MaxCount is { } count ? count.ToString(CultureInfo.InvariantCulture) : "no limit",
        criterion.MaxTotalArea is { } area ? "up to " + Figure(area, criterion.SizeUnit) + "²" : "no limit",
        criterion.Zone is { } zone
            ? $"polygon of {zone.Count.ToString(CultureInfo.InvariantCulture)} points, below"
            : "whole image",
    ];

    private static string Other(ComponentProfile profile)
    {
        var image = profile.Image;
        string?[] limits =
        [
            image.MinWidth is { } width ? $"width from {width} px" : null,
            image.MinHeight is { } height ? $"height from {height} px" : null,
            image.MinBrightness is { } dark ? $"mean brightness from {ReportText.Number(dark)}" : null,
            image.MaxBrightness is { } bright ? $"mean brightness up to {ReportText.Number(bright)}" : null,
            image.MinSharpness is { } sharp ? $"sharpness from {ReportText.Number(sharp)}" : null,
        ];
        var stated = string.Join(", ", limits.OfType<string>());
        return $"A dash means no review band; size allowed \"none\" means that any size counts. Image limits: {(stated.Length > 0 ? stated : "none")}. "
            + $"Model: {profile.ModelId}. Non-maximum suppression: IoU {ReportText.Number(profile.NmsIou)}, "
            + $"{(profile.NmsKind == NmsKind.PerClass ? "per class" : "over all classes")}. Decode scale: {ApiJson.Word(profile.DecodeScale)}. "
            + $"Effective date: {profile.EffectiveDate?.ToString("O", CultureInfo.InvariantCulture) ?? ReportText.NotStated}. "
            + $"Approver: {(string.IsNullOrWhiteSpace(profile.Approver) ? ReportText.NotStated : profile.Approver)}.";
    }

    private static string References(UsedProfile used, ComponentProfile profile) =>
        $"References: {(used.References.Count <= ProfileValidation.MaxReferences ? string.Join(", ", used.References.Select(NameOf)) : $"{used.References.Count} pictures, of which each file names its own")}. "
        + $"An image must fit one of them at {ReportText.Number(profile.Registration.MinFit)} or more of 1, and show at least "
        + $"{ReportText.Number(100 * profile.Registration.MinVisible)} % of it.";

    private static string NameOf(ReferencePicture picture) => picture.Name is null ? picture.Sha256 : $"{picture.Name} ({picture.Sha256})";

    private static string Confidence(float value) => ReportText.Number(value, "0.00##");

    private static string Figure(double value, LengthUnit unit) =>
        ReportText.Number(value, "0.####") + (unit == LengthUnit.Millimetre ? " mm" : " px");
}
