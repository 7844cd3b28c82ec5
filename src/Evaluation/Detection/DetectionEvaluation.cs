using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Evaluates the findings.</summary>
internal static class DetectionEvaluation
{
    public static DetectionFigures Evaluate(
        IReadOnlyList<EvaluatedPicture> pictures, IReadOnlyList<PictureComparison> comparisons, IReadOnlyList<string> classes,
        ComponentProfile profile, TruthFormat format, EvaluationOptions options)
    {
        var figures = classes.Distinct(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(name => new ClassEvaluation(name, pictures, options).Evaluate(profile.Criteria.FirstOrDefault(criterion => criterion.Class == name))).ToList();
        return new()
        {
            Map50 = Rounded.Of(figures.Average(one => one.Ap50)),
            Map = Rounded.Of(figures.Average(one => one.Ap)),
            MatchIou = options.MatchIou,
            LowestConfidence = options.LowestConfidence,
            Classes = figures,
            DeepPcb = format == TruthFormat.DeepPcb ? DeepPcbEvaluation.Evaluate(pictures, classes, options.DeepPcbConfidence ?? DeepPcbEvaluation.DefaultConfidence) : null,
            Confusion = Confuse(comparisons, [.. figures.Select(one => one.Class)]),
        };
    }

    private static ConfusionMatrix Confuse(IReadOnlyList<PictureComparison> comparisons, List<string> classes)
    {
        var counts = Enumerable.Range(0, classes.Count + 1).Select(_ => new int[classes.Count + 1]).ToArray();
        foreach (var comparison in comparisons)
        {
            foreach (var (finding, truth) in comparison.Found.Where(one => one.Truth.Role == TruthRole.Counted))
            {
                counts[classes.IndexOf(truth.Class)][classes.IndexOf(finding.Class)]++;
            }

            foreach (var stray in comparison.Strays)
            {
                counts[^1][classes.IndexOf(stray.Class)]++;
            }

            foreach (var missed in comparison.Defects.Where(defect => !defect.Hit))
            {
                counts[classes.IndexOf(missed.Class)][^1]++;
            }
        }

        return new(classes, counts);
    }
}
