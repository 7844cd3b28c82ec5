namespace Chitti.Registration.Tests;

/// <summary>Several references, determinism, invariance, memory.</summary>
public sealed class ReferencesTests
{
    private const int Side = 640;

    private static readonly PreparedReference[] _references = [.. Enumerable.Range(1, 8).Select(seed => PreparedReference.Create(new Board(seed).Draw()))];

    [Fact]
    public void Register_EightReferences_FindsTheRightOneInAnyOrder() => Assert.All(Enumerable.Range(0, 8), index =>
    {
        var pose = Pose.Random(new Random(index), Side, maxShift: 0.1);
        var picture = new Board(index + 1).Draw(pose);
        PreparedReference[] reversed = [.. _references.Reverse()];

        var one = Registrar.Register(picture, _references);
        var other = Registrar.Register(picture, reversed);

        Assert.Equal(index, one.Alignment?.ReferenceIndex);
        Assert.Equal(one.Alignment! with { ReferenceIndex = 7 - index }, other.Alignment);
    });

    [Fact]
    public async Task Register_SameInputOnSeveralThreads_GivesTheSameResult()
    {
        var picture = new Board(2).Draw(Pose.About(Side, 97, 1.1, 40, 30));
        var expected = Registrar.Register(picture, _references);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Registrar.Register(picture, _references))));

        Assert.All(outcomes, outcome => Assert.Equal(expected, outcome));
    }

    [Fact]
    public void Register_OtherBrightnessAndContrast_KeepsTheFit()
    {
        var picture = new Board(1).Draw(Pose.About(Side, 1, 1, 4, -3));

        var plain = Registrar.Register(picture, [_references[0]]).Alignment!;
        var dim = Registrar.Register(Drawing.Expose(picture, 0.3, 90, 0, new Random(1)), [_references[0]]).Alignment!;

        Assert.InRange(dim.Fit, plain.Fit - 0.01, plain.Fit + 0.01);
        Assert.InRange(dim.Differing, 0, 0.001);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(4)]
    public void Register_OtherNumberOfPixels_KeepsTheFit(double scale)
    {
        var side = (int)(Side * scale);
        var enlarged = PlaneTransform.Similarity(0, scale, (scale - 1) / 2, (scale - 1) / 2);
        var board = new Board(1);
        var pose = Pose.About(side, 1, 1, 4 * scale, -3 * scale);

        var fit = Registrar.Register(board.Draw(enlarged.Then(pose), side, side), [PreparedReference.Create(board.Draw(enlarged, side, side))]).Alignment?.Fit;

        var own = Registrar.Register(board.Draw(Pose.About(Side, 1, 1, 4, -3)), [_references[0]]).Alignment!.Fit;
        Assert.InRange(fit ?? 0, own - 0.03, own + 0.03);
    }

    [Fact]
    public void Register_ShiftedPicture_SaysWhatIsVisibleAndCovered()
    {
        var alignment = Registrar.Register(new Board(1).Draw(PlaneTransform.Translation(160, 0)), [_references[0]]).Alignment!;

        Assert.InRange(alignment.Visible, 0.73, 0.77);
        Assert.InRange(alignment.Covered, 0.73, 0.77);
    }

    [Fact]
    public void Warp_RotatedBoard_LooksLikeThePictureAndTheReverse()
    {
        var picture = new Board(3).Draw(Pose.About(Side, 94, 0.95, 20, -10));
        var reference = _references[2].Plane;
        var alignment = Registrar.Register(picture, [_references[2]]).Alignment!;

        AssertLooksLike(picture, reference, alignment.PictureToReference);
        AssertLooksLike(reference, picture, alignment.ReferenceToPicture);

        static void AssertLooksLike(GreyPlane target, GreyPlane source, PlaneTransform targetToSource)
        {
            var warped = PlaneWarp.Warp(source, targetToSource, target.Width, target.Height);
            var (compared, different) = (0, 0);
            for (var y = 0; y < target.Height; y++)
            {
                for (var x = 0; x < target.Width; x++)
                {
                    var (u, v) = targetToSource.Apply(x, y);
                    if (u > 2 && u < source.Width - 3 && v > 2 && v < source.Height - 3)
                    {
                        compared++;
                        different += Math.Abs(warped.Pixels[(y * target.Width) + x] - target.Pixels[(y * target.Width) + x]) > 100 ? 1 : 0;
                    }
                }
            }

            Assert.InRange(compared, Side * Side * 3 / 4, Side * Side);
            Assert.InRange(different, 0, compared / 1000);
        }
    }

    [Fact]
    public void Warp_ShiftByWholePixels_CopiesAndRepeatsTheBorder()
    {
        var source = Drawing.Expose(new(40, 30, new byte[1200]), 1, 128, 60, new Random(3));

        var warped = PlaneWarp.Warp(source, PlaneTransform.Translation(-5, 4), 50, 40);

        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 50; x++)
            {
                Assert.Equal(source.Pixels[(Math.Clamp(y + 4, 0, 29) * 40) + Math.Clamp(x - 5, 0, 39)], warped.Pixels[(y * 50) + x]);
            }
        }
    }

    [Fact]
    public void Warp_IntoMemoryOfTheCaller_WritesTheSameAndNothingElse()
    {
        var map = Pose.About(Side, 4, 1.1, 8, -6);
        var buffer = new byte[(200 * 100) + 7];
        buffer.AsSpan().Fill(3);

        PlaneWarp.Warp(_references[0].Plane, map, 200, buffer.AsSpan(0, 200 * 100));

        Assert.Equal(PlaneWarp.Warp(_references[0].Plane, map, 200, 100).Pixels, buffer[..(200 * 100)]);
        Assert.Equal(3, Assert.Single(buffer[(200 * 100)..].Distinct()));
        Assert.Throws<ArgumentException>(() => PlaneWarp.Warp(_references[0].Plane, map, 200, buffer));
        Assert.Throws<ArgumentException>(() => PlaneWarp.Warp(_references[0].Plane, map with { A = double.NaN }, 200, buffer.AsSpan(0, 200)));
    }

    [Fact]
    public void Bytes_OfAReference_CountAtLeastItsPlaneAndLevels() =>
        Assert.InRange(_references[0].Bytes, (long)(Side * Side * 2.3), 3_000_000);

    [Fact]
    public void Register_NoReferenceOrTooMany_Throws()
    {
        var picture = new Board(1).Draw();

        Assert.Throws<ArgumentException>(() => Registrar.Register(picture, []));
        Assert.Throws<ArgumentException>(() => Registrar.Register(picture, [.. _references, _references[0]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Registrar.Register(picture, _references, new RegistrationOptions { MinFit = double.NaN }));
    }
}
