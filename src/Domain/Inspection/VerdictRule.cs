using System.Globalization;

namespace Chitti.Domain;

/// <summary>
/// The rule from findings to verdict. Pure: the same profile, findings and image give the same judgement.
/// Any indication that breaks a reject criterion gives <see cref="Verdict.Fail"/>, decided by the most severe, then most
/// confident one; otherwise any inside its review band, an image fault, or a class of the profile that the model can't find
/// gives <see cref="Verdict.Review"/>; otherwise <see cref="Verdict.Pass"/>. A finding of a class that the profile does not
/// name, or below the confidence to record, is not an indication.
/// </summary>
public static class VerdictRule
{
    /// <summary>Judges the findings of one image.</summary>
    /// <param name="profile">A valid profile.</param>
    /// <param name="overrides">Thresholds of the call; a confidence replaces those to record and to reject, and leaves no review band.</param>
    /// <param name="findings">What the detector found, in any order.</param>
    /// <param name="classes">Every class name the model can find: a pass says nothing about others.</param>
    /// <param name="image">The image they were found in.</param>
    /// <param name="quality">Figures of the image; null if the profile has no limit that needs them.</param>
    public static Judgement Judge(
        ComponentProfile profile,
        DetectionOverrides? overrides,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<string> classes,
        ImageIdentity image,
        ImageQuality? quality)
    {
        var criteria = profile.Criteria
            .Select(criterion => Override(criterion, overrides))
            .ToDictionary(criterion => criterion.Class, StringComparer.Ordinal);
        var recorded = findings
            .Where(finding => criteria.TryGetValue(finding.Class, out var criterion) && finding.Confidence >= criterion.RecordConfidence)
            .OrderByDescending(finding => finding.Confidence)
            .ThenBy(finding => finding.ClassId).ThenBy(finding => finding.Box.Y).ThenBy(finding => finding.Box.X)
            .ToList();

        var breaches = new Dictionary<Finding, string>(ReferenceEqualityComparer.Instance);
        foreach (var ofClass in recorded.GroupBy(finding => finding.Class, StringComparer.Ordinal))
        {
            var criterion = criteria[ofClass.Key];
            var counting = ofClass.Where(finding => finding.Confidence >= criterion.RejectConfidence && Applies(criterion, finding, image)).ToList();
            CriterionCheck.FindBreaches(criterion, counting, profile.MillimetresPerPixel, breaches);
        }

        var indications = recorded.Select((finding, index) => new Indication
        {
            Number = index + 1,
            Class = finding.Class,
            ClassId = finding.ClassId,
            Confidence = finding.Confidence,
            Severity = criteria[finding.Class].Severity,
            Box = finding.Box,
            Accepted = !breaches.ContainsKey(finding),
        }).ToList();

        if (Worst(indications.Where(indication => !indication.Accepted)) is { } rejected)
        {
            return new(Verdict.Fail, breaches[recorded[rejected.Number - 1]], rejected.Number, indications);
        }

        var inBand = indications.Where(indication =>
            criteria[indication.Class] is { ReviewConfidence: { } lowest } criterion
            && indication.Confidence >= lowest && indication.Confidence < criterion.RejectConfidence
            && Applies(criterion, recorded[indication.Number - 1], image));
        var faults = ImageCheck.FindFaults(profile.Image, image, quality);
        if (profile.FindClassesNotIn(classes) is { Count: > 0 } missing)
        {
            faults.Insert(0, $"the profile does not fit the model, which does not find: {string.Join(", ", missing)}");
        }

        if (Worst(inBand) is { } doubtful)
        {
            var criterion = criteria[doubtful.Class];
            var reason = string.Create(CultureInfo.InvariantCulture,
                $"{doubtful.Class} with confidence {doubtful.Confidence:0.00} lies in the review band {criterion.ReviewConfidence:0.00} to {criterion.RejectConfidence:0.00}");
            return new(Verdict.Review, string.Join("; ", faults.Prepend(reason)), doubtful.Number, indications);
        }

        return faults.Count > 0
            ? new(Verdict.Review, string.Join("; ", faults), null, indications)
            : new(Verdict.Pass, indications.Count == 0 ? "no indications" : "no indication breaks an acceptance criterion", null, indications);
    }

    private static DefectCriterion Override(DefectCriterion criterion, DetectionOverrides? overrides) =>
        overrides?.Confidence is { } confidence
            ? criterion with { RecordConfidence = confidence, ReviewConfidence = null, RejectConfidence = confidence }
            : criterion;

    private static Indication? Worst(IEnumerable<Indication> indications) => indications
        .OrderByDescending(indication => indication.Severity)
        .ThenByDescending(indication => indication.Confidence)
        .ThenBy(indication => indication.Number)
        .FirstOrDefault();

    private static bool Applies(DefectCriterion criterion, Finding finding, ImageIdentity image) =>
        criterion.Zone is not { } zone || Polygon.Contains(
            zone,
            (finding.Box.X + (finding.Box.Width / 2)) / image.Width,
            (finding.Box.Y + (finding.Box.Height / 2)) / image.Height);
}
