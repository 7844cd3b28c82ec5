using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Compares what was seen in pictures with the truth.</summary>
public static class Evaluator
{
    private const double ManyDefects = 1.5;
    private const int ShownClasses = 10;

    /// <summary>Makes the figures.</summary>
    /// <param name="truthPath">Where the truth is from.</param>
    /// <param name="truth">The truth, with the model's names of classes.</param>
    /// <param name="pictures">What was seen in its pictures.</param>
    /// <param name="model">The model that was run.</param>
    /// <param name="classes">The model's classes.</param>
    /// <param name="profile">The profile to judge by.</param>
    /// <param name="options">Options.</param>
    /// <param name="now">The time of the evaluation.</param>
    /// <param name="agreement">Inspectors' ratings to compare with; null for none.</param>
    /// <exception cref="TruthException">None of the pictures could be inspected.</exception>
    public static EvaluationResult Evaluate(
        string truthPath,
        GroundTruth truth,
        IReadOnlyList<EvaluatedPicture> pictures,
        ModelIdentity model,
        IReadOnlyList<string> classes,
        ProfileVersion profile,
        EvaluationOptions options,
        DateTimeOffset now,
        AgreementStudy? agreement = null)
    {
        var seen = pictures.Where(picture => picture.Observation is not null).ToList();
        var notInspected = pictures.Where(picture => picture.Observation is null).Select(picture => new NotInspected(picture.Truth.File, picture.Error!)).ToList();
        if (seen.Count == 0)
        {
            throw new TruthException($"'{truthPath}'", $"none of its {pictures.Count} pictures could be inspected; the first: {notInspected.FirstOrDefault()}");
        }

        var comparisons = seen.AsParallel().AsOrdered().Select(picture => new PictureComparison(picture, profile.Profile, options.MatchIou)).ToList();
        var defects = comparisons.SelectMany(comparison => comparison.Defects).ToList();
        var verdicts = new VerdictEvaluation(seen, profile.Profile, options);
        return new()
        {
            CreatedAt = now,
            SoftwareVersion = SoftwareVersion.Current,
            Model = model,
            Profile = profile,
            Truth = new(
                truthPath, truth.Format, truth.Pictures.Count, [.. truth.Pictures.SelectMany(picture => picture.Boxes).CountBy(box => box.Class).OrderBy(pair => pair.Key, StringComparer.Ordinal)],
                verdicts.Pictures.Count(picture => picture.IsBad), verdicts.Pictures.Count(picture => !picture.IsBad), [.. truth.Notes, .. NotesOf(truth, seen, verdicts, classes)]),
            Verdicts = verdicts.Evaluate(defects),
            Detection = DetectionEvaluation.Evaluate(seen, comparisons, classes, profile.Profile, truth.Format, options),
            Pod = PodStudy.Evaluate(defects, seen, classes, profile.Profile, options),
            Agreement = agreement?.Compare(verdicts.Pictures, notInspected),
            Worst = WorstCases.Find(verdicts.Pictures, comparisons),
            NotInspected = notInspected,
            Pictures = verdicts.Pictures,
            Defects = defects,
        };
    }

    private static IEnumerable<string> NotesOf(GroundTruth truth, List<EvaluatedPicture> seen, VerdictEvaluation verdicts, IReadOnlyList<string> classes)
    {
        if (classes.Except(truth.Classes, StringComparer.Ordinal).ToList() is { Count: > 0 } absent)
        {
            yield return FormattableString.Invariant($"There is no defect of class {string.Join(", ", absent.Take(ShownClasses))}{(absent.Count > ShownClasses ? $" and {absent.Count - ShownClasses} more" : "")}: the figures say nothing about it.");
        }

        if (verdicts.Pictures.All(picture => picture.IsBad))
        {
            yield return "There are no good parts: nothing can be said about overkill.";
        }

        if (!verdicts.Pictures.Any(picture => picture.IsBad))
        {
            yield return "There are no bad parts: nothing can be said about escapes.";
        }

        var repeated = seen.Count - seen.DistinctBy(picture => picture.Sha256, StringComparer.Ordinal).Count();
        if (repeated > 0)
        {
            yield return FormattableString.Invariant($"{repeated} pictures have the same bytes as another one: they count again, and the ranges are too narrow.");
        }

        var bad = verdicts.Pictures.Where(picture => picture.IsBad).ToList();
        if (bad.Count > 0 && bad.Average(picture => picture.Defects) >= ManyDefects)
        {
            yield return FormattableString.Invariant($"Bad parts have {bad.Average(picture => picture.Defects):0.0} defects on average. A part with one defect escapes more easily than these: see the share of defects that are missed.");
        }

        var allowed = verdicts.Pictures.Count(picture => picture is { Defects: > 0, IsBad: false });
        if (allowed > 0)
        {
            yield return FormattableString.Invariant($"{allowed} pictures have defects that the profile allows: they count as good parts.");
        }

        var tiled = seen.Count(picture => picture.Observation!.Tiles > 0);
        if (tiled > 0)
        {
            yield return FormattableString.Invariant($"{tiled} pictures were inspected in parts. At the working point their verdicts are exact; elsewhere on the curve boxes at the edges of parts may differ.");
        }
    }
}
