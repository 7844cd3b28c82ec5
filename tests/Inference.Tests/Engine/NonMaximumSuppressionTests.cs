using FsCheck.Xunit;

namespace Chitti.Inference.Tests;

public sealed class NonMaximumSuppressionTests
{
    [Property]
    public bool Apply_AnyBoxes_KeepsNoOverlapWithinClass(int seed, bool agnostic)
    {
        var kept = Apply(Boxes(seed, 60), agnostic);
        return kept.All(box => kept.All(other =>
            box == other || (!agnostic && box.ClassId != other.ClassId) || box.IntersectionOverUnion(other) <= 0.5f));
    }

    [Property]
    public bool Apply_AnyBoxes_DropsOnlyWhatBetterOneOverlaps(int seed)
    {
        var boxes = Boxes(seed, 60);
        var kept = Apply(boxes, agnostic: false);
        return boxes.Except(kept).All(dropped => kept.Any(better =>
            better.ClassId == dropped.ClassId && better.CompareTo(dropped) < 0 && better.IntersectionOverUnion(dropped) > 0.5f));
    }

    [Property]
    public bool Apply_ShuffledBoxes_GivesSameOrder(int seed)
    {
        var boxes = Boxes(seed, 60);
        var shuffled = boxes.ToArray();
        new Random(seed + 1).Shuffle(shuffled);
        return Apply(boxes, agnostic: false).SequenceEqual(Apply(shuffled, agnostic: false));
    }

    [Fact]
    public void Apply_VeryManyBoxes_KeepsMostConfident()
    {
        var boxes = Enumerable.Range(0, 30_000).Select(at => new Candidate(at / 30_000f, 0, at * 10, 0, (at * 10) + 5, 5));

        var kept = Apply(boxes, agnostic: true);

        Assert.Equal(NonMaximumSuppression.MaxKept, kept.Count);
        Assert.Equal(29_999 / 30_000f, kept[0].Confidence);
    }

    private static List<Candidate> Apply(IEnumerable<Candidate> boxes, bool agnostic)
    {
        var candidates = boxes.ToList();
        NonMaximumSuppression.Apply(candidates, 0.5f, agnostic);
        return candidates;
    }

    // Few distinct confidences, so ties are common.
    private static Candidate[] Boxes(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Candidate.FromCentre(
            random.Next(1, 10) / 10f, random.Next(3), random.Next(60), random.Next(60), random.Next(1, 40), random.Next(1, 40)))];
    }
}
