using System.Globalization;

namespace Chitti.Domain;

/// <summary>
/// The rule from findings to verdict. Pure: the same profile, findings and image give the same judgement.
/// Any indication that breaks a reject criterion gives <see cref="Verdict.Fail"/>, decided by the most severe, then most
/// confident one; otherwise any inside its review band or of a class that the profile neither judges nor ignores, an image
/// fault, a gate that is not passed, or a class of the profile that the model can't find gives <see cref="Verdict.Review"/>; otherwise
/// <see cref="Verdict.Pass"/>. A finding below the confidence to record is not an indication.
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
    /// <param name="gates">The conditions that were checked.</param>
    public static Judgement Judge(
        ComponentProfile profile,
        DetectionOverrides? overrides,
        IReadOnlyList<Finding> findings,
        IReadOnlyList<string> classes,
        ImageIdentity image,
        ImageQuality? quality,
        IReadOnlyList<Gate> gates)
    {
        var criteria = profile.Criteria
            .Select(criterion => Override(criterion, overrides))
            .ToDictionary(criterion => criterion.Class, StringComparer.Ordinal);
        var ignored = profile.Ignored.ToDictionary(entry => entry.Class, StringComparer.Ordinal);
        var recorded = findings
            .Where(finding => finding.Confidence >= RecordConfidence(finding.Class))
            .OrderByDescending(finding => finding.Confidence)
            .ThenBy(finding => finding.ClassId).ThenBy(finding => finding.Box.Y).ThenBy(finding => finding.Box.X)
            .ToList();

        var breaches = new Dictionary<Finding, string>(ReferenceEqualityComparer.Instance);
        foreach (var ofClass in recorded.Where(finding => criteria.ContainsKey(finding.Class)).GroupBy(finding => finding.Class, StringComparer.Ordinal))
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
            Severity = criteria.GetValueOrDefault(finding.Class)?.Severity,
            Box = finding.Box,
            Disposition = Dispose(finding),
        }).ToList();

        if (Worst(indications, Disposition.Rejected) is { } rejected)
        {
            return new(Verdict.Fail, breaches[recorded[rejected.Number - 1]], rejected.Number, indications);
        }

        List<string> faults = [.. gates.Where(gate => !gate.Passed).Select(gate => gate.Reason!), .. ImageCheck.FindFaults(profile.Image, image, quality)];
        if (profile.FindClassesNotIn(classes) is { Count: > 0 } missing)
        {
            faults.Insert(0, $"the profile does not fit the model, which does not find: {string.Join(", ", missing)}");
        }

        if (Worst(indications, Disposition.Review) is { } doubtful)
        {
            return new(Verdict.Review, string.Join("; ", faults.Prepend(Doubt(doubtful))), doubtful.Number, indications);
        }

        return faults.Count > 0
            ? new(Verdict.Review, string.Join("; ", faults), null, indications)
            : new(Verdict.Pass, PassReason(indications), null, indications);

        float RecordConfidence(string name) => criteria.TryGetValue(name, out var criterion)
            ? criterion.RecordConfidence
            : overrides?.Confidence ?? ignored.GetValueOrDefault(name)?.RecordConfidence ?? DefectCriterion.DefaultRecordConfidence;

        Disposition Dispose(Finding finding)
        {
            if (!criteria.TryGetValue(finding.Class, out var criterion))
            {
                return ignored.ContainsKey(finding.Class) ? Disposition.Ignored : Disposition.Review;
            }

            if (breaches.ContainsKey(finding))
            {
                return Disposition.Rejected;
            }

            return finding.Confidence >= criterion.ReviewConfidence && finding.Confidence < criterion.RejectConfidence && Applies(criterion, finding, image)
                ? Disposition.Review
                : Disposition.Accepted;
        }

        string Doubt(Indication indication) => criteria.TryGetValue(indication.Class, out var criterion)
            ? Text($"{indication.Class} with confidence {indication.Confidence:0.00} lies in the review band {criterion.ReviewConfidence:0.00} to {criterion.RejectConfidence:0.00}")
            : Text($"{indication.Class} with confidence {indication.Confidence:0.00}, which the profile neither judges nor ignores");
    }

    /// <summary>The lowest confidence at which a finding of any of a model's classes is recorded, without overrides.</summary>
    public static float LowestRecorded(ComponentProfile profile, IReadOnlyList<string> classes)
    {
        var stated = profile.Criteria.Select(criterion => criterion.RecordConfidence).Concat(profile.Ignored.Select(ignored => ignored.RecordConfidence)).Min();
        return profile.FindClassesNotNamed(classes).Count > 0 ? Math.Min(stated, DefectCriterion.DefaultRecordConfidence) : stated;
    }

    private static DefectCriterion Override(DefectCriterion criterion, DetectionOverrides? overrides) =>
        overrides?.Confidence is { } confidence
            ? criterion with { RecordConfidence = confidence, ReviewConfidence = null, RejectConfidence = confidence }
            : criterion;

    private static Indication? Worst(List<Indication> indications, Disposition disposition) => indications
        .Where(indication => indication.Disposition == disposition)
        .OrderByDescending(indication => indication.Severity)
        .ThenByDescending(indication => indication.Confidence)
        .ThenBy(indication => indication.Number)
        .FirstOrDefault();

    private static string PassReason(List<Indication> indications)
    {
        if (indications.Count == 0)
        {
            return "no indications";
        }

        return indications.TrueForAll(indication => indication.Disposition == Disposition.Ignored)
            ? "no indications of a class that counts"
            : "no indication breaks an acceptance criterion";
    }

    private static bool Applies(DefectCriterion criterion, Finding finding, ImageIdentity image) =>
        criterion.Zone is not { } zone || Polygon.Contains(
            zone,
            (finding.Box.X + (finding.Box.Width / 2)) / image.Width,
            (finding.Box.Y + (finding.Box.Height / 2)) / image.Height);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
