namespace Chitti.Inference.Tests;

public class TileMergingTests
{
    // Two parts of 640 pixels that share 140.
    private static readonly TilePlan _plan = new([new(0, 0, 640, 640), new(500, 0, 640, 640)], 96, null);

    [Fact]
    public void Merge_SeenWholeInBoth_IsOne() =>
        Assert.Equal([Box(560, 590, 0.9f)], Merge([Box(560, 590, 0.9f)], [Box(561, 592, 0.8f)]));

    [Fact]
    public void Merge_CutOffInOne_IsTheWholeOneEvenIfLessConfident() =>
        Assert.Equal([Box(600, 660, 0.6f)], Merge([Box(600, 639, 0.9f)], [Box(600, 660, 0.6f)]));

    /// <summary>A piece of a thing may look like one of another class.</summary>
    [Fact]
    public void Merge_PieceOfAnotherClass_IsDropped() =>
        Assert.Equal([Box(600, 660, 0.6f)], Merge([Box(600, 639, 0.9f, classId: 1)], [Box(600, 660, 0.6f)]));

    [Fact]
    public void Merge_PiecesInBoth_AreJoined() =>
        Assert.Equal([Box(400, 800, 0.9f)], Merge([Box(400, 640, 0.7f)], [Box(500, 800, 0.9f)]));

    [Fact]
    public void Merge_PieceThatOnlyOneSees_IsKept() => Assert.Equal([Box(600, 639, 0.9f)], Merge([Box(600, 639, 0.9f)], []));

    [Fact]
    public void Merge_NeighboursOfTwoClasses_AreTwo() =>
        Assert.Equal([Box(560, 590, 0.9f), Box(565, 595, 0.8f, classId: 1)], Merge([Box(560, 590, 0.9f)], [Box(565, 595, 0.8f, classId: 1)]));

    [Fact]
    public void Merge_NeighboursInOnePart_StayAsTheyAre() =>
        Assert.Equal([Box(100, 130, 0.9f), Box(115, 145, 0.8f)], Merge([Box(100, 130, 0.9f), Box(115, 145, 0.8f)], []));

    [Fact]
    public void Merge_Overview_CountsOnlyForWhatNoPartShowsWhole()
    {
        var merging = new TileMerging(_plan, 1_140, 640, new());
        merging.AddOverview([Box(100, 190, 0.9f), Box(300, 900, 0.8f)]);
        merging.Add(0, [Box(300, 640, 0.7f)]);
        merging.Add(1, [Box(500, 900, 0.7f)]);

        Assert.Equal([Box(300, 900, 0.8f)], merging.Merge());
    }

    [Fact]
    public void Merge_EdgeOfThePicture_CutsNothingOff() =>
        Assert.Equal([Box(0, 30, 0.9f), Box(1_110, 1_140, 0.8f)], Merge([Box(0, 30, 0.9f)], [Box(1_110, 1_140, 0.8f)]));

    [Fact]
    public void Merge_ThousandsOfBoxes_AreBounded()
    {
        var many = Enumerable.Range(0, 300).Select(i => Box(10 + (i % 20 * 24), 20 + (i % 20 * 24), 0.5f, 0, 10 + (i / 20 * 24))).ToArray();

        Assert.InRange(Merge(many, [.. many.Select(box => box with { Left = box.Left + 520, Right = box.Right + 520 })]).Count, 1, NonMaximumSuppression.MaxKept);
    }

    private static Candidate Box(float left, float right, float confidence, int classId = 0, float top = 300) => new(confidence, classId, left, top, right, top + 30);

    private static List<Candidate> Merge(Candidate[] first, Candidate[] second)
    {
        var merging = new TileMerging(_plan, 1_140, 640, new());
        merging.Add(0, first);
        merging.Add(1, second);
        return merging.Merge();
    }
}
