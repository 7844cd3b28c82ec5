using Chitti.Domain;

namespace Chitti.Evaluation;

/// <summary>
/// Evaluates by the rules of the DeepPCB benchmark. Corners are whole pixels. In every picture each defect, in the order of the
/// annotations, takes the most confident free finding with an IoU above 0.33, whatever its class; it is correct if the class
/// agrees. Average precision is the mean, over the defects, of the precision at each correct finding, without interpolation.
/// </summary>
internal static class DeepPcbEvaluation
{
    public const double AboveIou = 0.33;
    public const float DefaultConfidence = 0.5f;

    public static DeepPcbFigures Evaluate(IReadOnlyList<EvaluatedPicture> pictures, IReadOnlyList<string> classes, float confidence)
    {
        var all = Match(pictures, null);
        var byClass = classes.Distinct(StringComparer.Ordinal).Select(name => (Name: name, Matches: Match(pictures, name))).ToList();
        return new()
        {
            AboveIou = AboveIou,
            PicturesWithoutDefects = pictures.Count(picture => picture.Truth.Boxes.Count == 0),
            Map = Rounded.Of(byClass.Average(one => one.Matches.AveragePrecision)),
            PooledAp = Rounded.Of(all.AveragePrecision),
            AtConfidence = all.From(confidence),
            BestF = Enumerable.Range(5, 85).Select(step => all.From((float)Math.Round(step / 100.0, 2))).MaxBy(point => point.F ?? 0)!,
            Classes = [.. byClass.Select(one => new DeepPcbClass(one.Name, one.Matches.Truths, Rounded.Of(one.Matches.AveragePrecision)))],
        };
    }

    /// <param name="pictures">The pictures.</param>
    /// <param name="name">The only class that is looked at; null for all.</param>
    private static Matches Match(IReadOnlyList<EvaluatedPicture> pictures, string? name)
    {
        var (findings, truths) = (new List<(float, bool)>(), 0);
        foreach (var picture in pictures)
        {
            List<Finding> found = [.. picture.Observation!.Findings.Where(finding => name is null || finding.Class == name).OrderByDescending(finding => finding.Confidence)];
            List<TruthBox> boxes = [.. picture.Truth.Boxes.Where(box => name is null || box.Class == name)];
            findings.AddRange(found.Select(finding => finding.Confidence).Zip(Match(found, boxes)));
            truths += boxes.Count;
        }

        return new([.. findings.OrderByDescending(one => one.Item1)], truths);
    }

    /// <summary>Whether each finding is correct. Less confident findings change nothing for more confident ones.</summary>
    private static bool[] Match(List<Finding> findings, List<TruthBox> truths)
    {
        var overlaps = BoxMatching.Overlaps([.. findings.Select(finding => finding with { Box = Whole(finding.Box) })], truths);
        var (correct, taken) = (new bool[findings.Count], new bool[findings.Count]);
        for (var truth = 0; truth < truths.Count; truth++)
        {
            for (var finding = 0; finding < findings.Count; finding++)
            {
                if (!taken[finding] && overlaps[finding, truth] > AboveIou)
                {
                    (taken[finding], correct[finding]) = (true, findings[finding].Class == truths[truth].Class);
                    break;
                }
            }
        }

        return correct;
    }

    // The script reads unsigned whole numbers.
    private static Box Whole(Box box)
    {
        var (left, top) = (MathF.Max(0, MathF.Truncate(box.X)), MathF.Max(0, MathF.Truncate(box.Y)));
        return new(left, top, MathF.Max(0, MathF.Truncate(box.X + box.Width)) - left, MathF.Max(0, MathF.Truncate(box.Y + box.Height)) - top);
    }

    /// <param name="Findings">Of all pictures, the most confident first.</param>
    /// <param name="Truths">Number of defects.</param>
    private sealed record Matches(IReadOnlyList<(float Confidence, bool Correct)> Findings, int Truths)
    {
        public double? AveragePrecision
        {
            get
            {
                var (correct, sum) = (0, 0.0);
                for (var at = 0; at < Findings.Count; at++)
                {
                    if (Findings[at].Correct)
                    {
                        correct++;
                        sum += (double)correct / (at + 1);
                    }
                }

                return Truths == 0 ? null : sum / Truths;
            }
        }

        public OperatingPoint From(float confidence)
        {
            var counting = Findings.TakeWhile(finding => finding.Confidence >= confidence).ToList();
            var correct = counting.Count(finding => finding.Correct);
            return new(confidence, correct, counting.Count - correct, Truths - correct);
        }
    }
}
