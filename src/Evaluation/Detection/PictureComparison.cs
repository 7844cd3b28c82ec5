using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Compares the findings of one picture that the profile reviews or rejects with its defects, whatever their classes.</summary>
internal sealed class PictureComparison
{
    public PictureComparison(EvaluatedPicture picture, ComponentProfile profile, double minIou)
    {
        Picture = picture;
        var ordered = picture.Observation!.Findings.OrderByDescending(finding => finding.Confidence).ToList();
        var (acting, idle) = (ordered.FindAll(finding => Acts(finding, profile)), ordered.FindAll(finding => !Acts(finding, profile)));
        var truths = picture.Truth.Boxes;
        var matches = Match(acting, truths, minIou);
        var hits = Invert(acting, matches);
        Strays = [.. acting.Where((_, finding) => matches[finding] < 0)];
        Found = [.. acting.Select((finding, at) => (Finding: finding, At: matches[at])).Where(one => one.At >= 0).Select(one => (one.Finding, truths[one.At]))];

        // What the profile does not act on can only be near defects that nothing else was found on.
        var rest = truths.Where((truth, at) => !hits.ContainsKey(at)).ToList();
        var seen = Invert(idle, Match(idle, rest, minIou));
        Defects =
        [
            .. truths.Select((truth, at) => (Truth: truth, Hit: hits.GetValueOrDefault(at), Seen: hits.ContainsKey(at) ? null : seen.GetValueOrDefault(rest.IndexOf(truth))))
                .Where(one => one.Truth.Role == TruthRole.Counted).Select(one => OutcomeOf(one.Truth, one.Hit, one.Seen)),
        ];
    }

    public EvaluatedPicture Picture { get; }

    /// <summary>Of the defects that must be found.</summary>
    public IReadOnlyList<DefectOutcome> Defects { get; }

    /// <summary>Findings on a defect, with it.</summary>
    public IReadOnlyList<(Finding Finding, TruthBox Truth)> Found { get; }

    /// <summary>Findings on no defect.</summary>
    public IReadOnlyList<Finding> Strays { get; }

    private static bool Acts(Finding finding, ComponentProfile profile) =>
        profile.Criteria.FirstOrDefault(criterion => criterion.Class == finding.Class) is { } criterion
            ? finding.Confidence >= (criterion.ReviewConfidence ?? criterion.RejectConfidence)
            : !profile.Ignored.Any(ignored => ignored.Class == finding.Class) && finding.Confidence >= DefectCriterion.DefaultRecordConfidence;

    private static int[] Match(List<Finding> findings, IReadOnlyList<TruthBox> truths, double minIou) => BoxMatching.Match(
        findings, truths, BoxMatching.Overlaps(findings, truths), minIou, (finding, truth) => finding.Class == truth.Class);

    private static Dictionary<int, Finding> Invert(List<Finding> findings, int[] matches)
    {
        var byTruth = new Dictionary<int, Finding>();
        foreach (var (finding, match) in findings.Zip(matches).Where(pair => pair.Second >= 0))
        {
            byTruth.TryAdd(match, finding);
        }

        return byTruth;
    }

    private DefectOutcome OutcomeOf(TruthBox truth, Finding? hit, Finding? seen) => new(
        Picture.Truth.File, truth.Class, truth.Box.Rounded(),
        Math.Round(Math.Sqrt((double)truth.Box.Width * truth.Box.Height), 2), Math.Round(Math.Max(truth.Box.Width, truth.Box.Height), 2),
        hit is not null, (hit ?? seen)?.Confidence, (hit ?? seen)?.Class);
}
