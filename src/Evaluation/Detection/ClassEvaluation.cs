using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Evaluates the findings of one class over all pictures.</summary>
internal sealed class ClassEvaluation(string name, IReadOnlyList<EvaluatedPicture> pictures, EvaluationOptions options)
{
    private const int MaxCurve = 400;

    // As the arrays of numpy that COCO's figures come from.
    private static readonly double[] _ious = [.. Enumerable.Range(0, 10).Select(step => 0.5 + (0.05 * step))];

    private readonly List<Scene> _scenes =
    [
        .. pictures.Select(picture => Scene.Of(
            [.. picture.Observation!.Findings.Where(finding => finding.Class == name).OrderByDescending(finding => finding.Confidence)],
            [.. picture.Truth.Boxes.Where(box => box.Class == name)])).Where(scene => scene.Findings.Count > 0 || scene.Truths.Count > 0),
    ];

    public ClassDetection Evaluate(DefectCriterion? criterion)
    {
        var truths = _scenes.Sum(scene => scene.Truths.Count(box => box.Role == TruthRole.Counted));
        var aps = _ious.Select(iou => AveragePrecision.Of([.. Order(iou).Select(one => one.Correct)], truths)).ToList();
        var matched = Order(options.MatchIou).ToList();
        var curve = Curve(matched, truths);
        return new()
        {
            Class = name,
            Truths = truths,
            Ap50 = Rounded.Of(aps[0]),
            Ap = Rounded.Of(aps.Average()),
            AtReject = criterion is null ? null : At(criterion.RejectConfidence),
            AtReview = criterion is null ? null : At(criterion.ReviewConfidence ?? criterion.RejectConfidence),
            BestF = curve.MaxBy(point => point.F ?? 0),
            Curve = Thin(curve),
        };

        OperatingPoint At(float confidence)
        {
            var counting = matched.TakeWhile(one => one.Confidence >= confidence).ToList();
            var correct = counting.Count(one => one.Correct);
            return new(confidence, correct, counting.Count - correct, truths - correct);
        }
    }

    /// <summary>All findings but those that match a defect that need not be found, the most confident first.</summary>
    private IEnumerable<(float Confidence, bool Correct)> Order(double minIou) => _scenes
        .SelectMany(scene => BoxMatching.Match(scene.Findings, scene.Truths, scene.Overlaps, minIou)
            .Select((match, finding) => (scene.Findings[finding].Confidence, Role: match < 0 ? (TruthRole?)null : scene.Truths[match].Role)))
        .Where(one => one.Role is null or TruthRole.Counted)
        .OrderByDescending(one => one.Confidence)
        .Select(one => (one.Confidence, one.Role is not null));

    private static List<OperatingPoint> Curve(List<(float Confidence, bool Correct)> findings, int truths)
    {
        var curve = new List<OperatingPoint>();
        var (correct, wrong) = (0, 0);
        for (var at = 0; at < findings.Count; at++)
        {
            (correct, wrong) = findings[at].Correct ? (correct + 1, wrong) : (correct, wrong + 1);
            if (at == findings.Count - 1 || findings[at + 1].Confidence < findings[at].Confidence)
            {
                curve.Add(new(findings[at].Confidence, correct, wrong, truths - correct));
            }
        }

        return curve;
    }

    private static List<OperatingPoint> Thin(List<OperatingPoint> curve) =>
        curve.Count <= MaxCurve ? curve : [.. Enumerable.Range(0, MaxCurve).Select(index => curve[(int)((long)index * (curve.Count - 1) / (MaxCurve - 1))])];

    private sealed record Scene(IReadOnlyList<Finding> Findings, IReadOnlyList<TruthBox> Truths, double[,] Overlaps)
    {
        public static Scene Of(IReadOnlyList<Finding> findings, IReadOnlyList<TruthBox> truths) => new(findings, truths, BoxMatching.Overlaps(findings, truths));
    }
}
