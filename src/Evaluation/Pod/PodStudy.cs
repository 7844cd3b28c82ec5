using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Makes a study of the probability of detection from the defects of an evaluation.</summary>
internal static class PodStudy
{
    // Sizes are rounded to it, and a target needs one above 0.
    private const double LeastSize = 0.01;

    public static PodFigures Evaluate(
        IReadOnlyList<DefectOutcome> defects, IReadOnlyList<EvaluatedPicture> pictures, IReadOnlyList<string> classes, ComponentProfile profile, EvaluationOptions options)
    {
        var calibration = PodCalibration.Of(profile.MillimetresPerPixel, options.ModelPixelsPerMillimetre);
        var byClass = defects.ToLookup(defect => defect.Class, StringComparer.Ordinal);
        IReadOnlyList<DefectOutcome>[] groups = [defects, .. classes.Distinct(StringComparer.Ordinal).Select(name => byClass[name].ToList())];
        var fits = groups.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(groups.Length, Environment.ProcessorCount))
            .Select(group => PodAnalysis.Fit([.. group.Select(defect => TargetOf(defect, calibration))])).ToList();
        return new()
        {
            Definition = FormattableString.Invariant($"A defect is a hit if the profile reviews or rejects a finding on it (IoU from {options.MatchIou:0.##} on), of whatever class. Its size is the square root of the area of the annotated box, with the margin that the annotations have."),
            Calibration = calibration,
            Remarks = [.. RemarksOf(defects, pictures)],
            AllClasses = fits[0],
            Classes = [.. classes.Distinct(StringComparer.Ordinal).Zip(fits.Skip(1), (name, fit) => new PodClass(name, fit))],
        };
    }

    public static PodTarget TargetOf(DefectOutcome defect, PodCalibration? calibration) =>
        new(Math.Max(defect.SizePx, LeastSize), defect.Hit, calibration?.MillimetresPerPixel);

    private static IEnumerable<string> RemarksOf(IReadOnlyList<DefectOutcome> defects, IReadOnlyList<EvaluatedPicture> pictures)
    {
        var byFile = defects.CountBy(defect => defect.File, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var repeated = pictures.GroupBy(picture => picture.Sha256, StringComparer.Ordinal).SelectMany(same => same.Skip(1)).Sum(CountOf);
        if (repeated > 0)
        {
            yield return FormattableString.Invariant($"{repeated} targets are on pictures with the same bytes as another one: they are no targets of their own, and the bounds are too narrow. Leave these pictures out.");
        }

        var wrongScale = pictures.Where(picture => picture.Observation!.Gates.Any(gate => !gate.Passed)).Sum(CountOf);
        if (wrongScale > 0)
        {
            yield return FormattableString.Invariant($"{wrongScale} targets are on pictures that are for review whatever is found in them, because the model can't be relied on there ({ReasonOf(pictures)}). They count by what was found.");
        }

        int CountOf(EvaluatedPicture picture) => byFile.GetValueOrDefault(picture.Truth.File);
    }

    private static string ReasonOf(IReadOnlyList<EvaluatedPicture> pictures) =>
        string.Join(", ", pictures.SelectMany(picture => picture.Observation!.Gates).Where(gate => !gate.Passed).Select(gate => ApiJson.Word(gate.Name)).Distinct(StringComparer.Ordinal));
}
