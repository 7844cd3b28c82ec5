using System.Globalization;
using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>Judges the recorded findings with the profile's rule, as it is and with its thresholds moved.</summary>
internal sealed class VerdictEvaluation(IReadOnlyList<EvaluatedPicture> pictures, ComponentProfile profile, EvaluationOptions options)
{
    private readonly ThresholdShift _shift = new(profile, options.LowestConfidence);

    public IReadOnlyList<PictureOutcome> Pictures { get; } =
    [
        .. pictures.AsParallel().AsOrdered().Select(picture =>
        {
            var (isBad, judgement) = (TrueVerdict.IsBad(picture.Truth, profile), picture.Observation!.Judge(profile));
            return new PictureOutcome(
                picture.Truth.File, picture.Sha256, picture.Truth.Boxes.Count, isBad, judgement.Verdict, judgement.Reason, PictureOutcome.Compare(isBad, judgement.Verdict));
        }),
    ];

    public VerdictFigures Evaluate(IReadOnlyList<DefectOutcome> defects)
    {
        var curve = Curve();
        var bad = Pictures.Count(picture => picture.IsBad);
        return new()
        {
            WorkingPoint = new(curve.Single(point => point.Shift == 0)),
            GoodFails = new(Pictures.Count(picture => picture.Outcome == PartOutcome.GoodFails), Pictures.Count - bad),
            BadReviewed = new(Pictures.Count(picture => picture.Outcome == PartOutcome.BadReviewed), bad),
            MissedDefects = new(defects.Count(defect => !defect.Hit), defects.Count),
            Suggestion = options.MaxEscapes is { } limit ? Suggest(curve, limit) : null,
            Curve = curve,
        };
    }

    private List<VerdictPoint> Curve()
    {
        var profiles = _shift.Steps.Select(_shift.Move).ToList();
        var verdicts = pictures.AsParallel().AsOrdered().Select(picture => VerdictsOf(picture.Observation!, profiles)).ToList();
        return
        [
            .. _shift.Steps.Select((step, at) =>
            {
                var outcomes = verdicts.Zip(Pictures, (ofPicture, picture) => PictureOutcome.Compare(picture.IsBad, ofPicture[at])).CountBy(outcome => outcome).ToDictionary();
                return new VerdictPoint(
                    (double)step / ThresholdShift.StepsOfOne, Pictures.Count(picture => picture.IsBad), Pictures.Count(picture => !picture.IsBad),
                    Count(PartOutcome.BadPasses), Count(PartOutcome.GoodReviewed) + Count(PartOutcome.GoodFails), Count(PartOutcome.GoodReviewed) + Count(PartOutcome.BadReviewed));

                int Count(PartOutcome outcome) => outcomes.GetValueOrDefault(outcome);
            }),
        ];
    }

    /// <summary>Judges only at steps where the verdict can differ from that of the step before.</summary>
    private Verdict[] VerdictsOf(Observation observation, List<ComponentProfile> profiles)
    {
        var verdicts = new Verdict[profiles.Count];
        if (_shift.IsMonotone)
        {
            verdicts[0] = At(0);
            verdicts[^1] = At(verdicts.Length - 1);
            Fill(0, verdicts.Length - 1);
            return verdicts;
        }

        var changes = new bool[profiles.Count];
        foreach (var finding in observation.Findings)
        {
            _shift.MarkCrossings(finding, changes);
        }

        for (var at = 0; at < verdicts.Length; at++)
        {
            verdicts[at] = at > 0 && at < verdicts.Length - 1 && !changes[at] ? verdicts[at - 1] : At(at);
        }

        return verdicts;

        Verdict At(int at) => observation.Judge(profiles[at]).Verdict;

        void Fill(int first, int last)
        {
            if (last - first < 2)
            {
                return;
            }

            if (verdicts[first] == verdicts[last])
            {
                Array.Fill(verdicts, verdicts[first], first, last - first);
                return;
            }

            var middle = (first + last) / 2;
            verdicts[middle] = At(middle);
            Fill(first, middle);
            Fill(middle, last);
        }
    }

    private ThresholdSuggestion Suggest(List<VerdictPoint> curve, double limit)
    {
        var best = curve.Where(point => point.Bad > 0 && point.EscapeShare <= limit)
            .OrderBy(point => point.Overkill).ThenBy(point => Math.Abs(point.Shift)).FirstOrDefault();
        if (best is null)
        {
            return new()
            {
                MaxEscapes = limit,
                Statement = curve[0].Bad == 0
                    ? "There are no bad parts, so nothing can be said about escapes."
                    : string.Create(CultureInfo.InvariantCulture, $"No thresholds keep escapes at or below {limit:0.##%}: of {curve[0].Bad} bad parts, {curve.Min(point => point.Escapes)} pass under any. The model does not see their defects."),
            };
        }

        var moved = _shift.Move((int)Math.Round(best.Shift * ThresholdShift.StepsOfOne));
        var defects = pictures.SelectMany(picture => new PictureComparison(picture, moved, options.MatchIou).Defects).ToList();
        var suggestion = new ThresholdSuggestion
        {
            MaxEscapes = limit,
            Verdicts = new(best),
            MissedDefects = new(defects.Count(defect => !defect.Hit), defects.Count),
            Thresholds = [.. moved.Criteria.Select(criterion => new ClassThresholds(criterion.Class, criterion.ReviewConfidence, criterion.RejectConfidence))],
            Statement = "",
        };
        return suggestion with { Statement = Statement(suggestion) };
    }

    private static string Statement(ThresholdSuggestion suggestion)
    {
        var (escapes, missed) = (suggestion.Verdicts!.Escapes, suggestion.MissedDefects!);
        return string.Create(CultureInfo.InvariantCulture, $"{escapes.Count} of {escapes.Of} bad parts pass; the true share lies between {escapes.Lower:0.##%} and {escapes.Upper:0.##%} (95 %). ")
            + string.Create(CultureInfo.InvariantCulture, $"Of the single defects, {missed.Count} of {missed.Of} are missed. ")
            + (suggestion.IsProven ? "" : string.Create(CultureInfo.InvariantCulture, $"That is not enough to say that it is at or below {suggestion.MaxEscapes:0.##%}: more bad parts are needed. "))
            + "The thresholds were chosen on these parts; check them on others.";
    }
}
