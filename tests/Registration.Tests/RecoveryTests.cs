using SkiaSharp;
using Xunit.Abstractions;

namespace Chitti.Registration.Tests;

public sealed class RecoveryTests(ITestOutputHelper output)
{
    private const int Side = 640;

    private static int Transforms => Environment.GetEnvironmentVariable("CHITTI_LONG") == "1" ? 1000 : 200;

    [Fact]
    public void Register_RandomTransformsWithinTheLimits_RecoversCornersWithinHalfAPixel()
    {
        var random = new Random(2026);
        var boards = Enumerable.Range(1, 10).Select(seed => new Board(seed)).ToArray();
        var references = boards.Select(board => PreparedReference.Create(board.Draw())).ToArray();
        var errors = new List<double>();
        while (errors.Count < Transforms)
        {
            var pose = Pose.Random(random, Side);
            // The default refuses what shows less than 0.55 of a part.
            if (Pose.Visible(pose, Side) < 0.6)
            {
                continue;
            }

            var board = errors.Count % boards.Length;
            var picture = Drawing.Expose(
                boards[board].Draw(pose), 0.5 + (0.5 * random.NextDouble()), 60 * random.NextDouble(), 12 * random.NextDouble(), random);
            var outcome = Registrar.Register(picture, [references[board]]);
            errors.Add(Pose.CornerError(outcome, pose, Side, Side));
            if (errors[^1] > 0.5)
            {
                output.WriteLine($"board {board}, {pose}: {errors[^1]:0.00} px, visible {Pose.Visible(pose, Side):0.00}, {outcome}");
            }
        }

        errors.Sort();
        var recovered = errors.Count(error => error <= 0.5);
        output.WriteLine($"median {errors[Transforms / 2]:0.000} px, 99 % {errors[(Transforms * 99 / 100) - 1]:0.000} px, within 0.5 px: {recovered} of {Transforms}");
        Assert.InRange(recovered, Transforms * 99 / 100, Transforms);
    }

    [Theory]
    [InlineData(13, 1.0)]
    [InlineData(20, 1.0)]
    [InlineData(-17, 1.1)]
    [InlineData(45, 1.0)]
    [InlineData(110, 1.0)]
    [InlineData(0, 1.35)]
    [InlineData(3, 1.5)]
    [InlineData(0, 0.72)]
    [InlineData(5, 0.6)]
    public void Register_TransformsOutsideTheLimits_AreRefused(double degrees, double scale) =>
        Assert.All(Enumerable.Range(1, 5), seed =>
        {
            var board = new Board(seed);
            var picture = board.Draw(Pose.About(Side, degrees, scale));

            var outcome = Registrar.Register(picture, [PreparedReference.Create(board.Draw())]);

            Assert.Contains(outcome.Refusal?.Reason, (RegistrationRefusalReason?[])[RegistrationRefusalReason.OutsideLimits, RegistrationRefusalReason.NotRecognised]);
        });

    [Fact]
    public void Register_PartWithFewFeatures_IsFoundInAnyPose()
    {
        var random = new Random(8);
        var part = Drawing.Render(Side, Side, canvas =>
        {
            using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
            using var plane = SKPath.ParseSvgPathData("M 0 400 L 490 400 L 590 500 L 640 500 L 640 640 L 0 640 Z");
            canvas.DrawPath(plane, paint);
            canvas.DrawRect(0, 240, Side, 84, paint);
            canvas.DrawCircle(480, 120, 36, paint);
        });
        var reference = PreparedReference.Create(part);

        var errors = Enumerable.Range(0, 24).Select(_ =>
        {
            var pose = Pose.Random(random, Side, maxShift: 0.1);
            var picture = Drawing.Expose(Drawing.Warp(Mishap.Damage(part, random), pose), 0.8, 20, 6, random);
            return Pose.CornerError(Registrar.Register(picture, [reference]), pose, Side, Side);
        }).ToList();

        // By features alone, half are found.
        output.WriteLine(string.Join(' ', errors.Select(error => $"{error:0.0}")));
        Assert.InRange(errors.Count(error => error < 2), 22, 24);
    }

    [Fact]
    public void Register_QuarterTurnsNotPermitted_RefusesThem()
    {
        var board = new Board(3);
        var options = new RegistrationOptions { QuarterTurns = false };
        var reference = PreparedReference.Create(board.Draw());

        Assert.True(Registrar.Register(board.Draw(Pose.About(Side, 5, 1)), [reference], options).IsRegistered);
        Assert.Equal(
            RegistrationRefusalReason.OutsideLimits,
            Registrar.Register(board.Draw(Pose.About(Side, 95, 1)), [reference], options).Refusal?.Reason);
    }

    [Fact]
    public void Register_LessThanHalfVisible_IsRefused()
    {
        var board = new Board(4);
        var picture = board.Draw(PlaneTransform.Translation(0.58 * Side, 0));

        var outcome = Registrar.Register(picture, [PreparedReference.Create(board.Draw())]);

        Assert.Contains(outcome.Refusal?.Reason, (RegistrationRefusalReason?[])[RegistrationRefusalReason.TooLittleVisible, RegistrationRefusalReason.NotRecognised]);
    }

    [Theory]
    [InlineData(1280, 1280, 2.0)]
    [InlineData(480, 480, 0.75)]
    [InlineData(640, 400, 1.0)]
    [InlineData(500, 640, 1.0)]
    [InlineData(2400, 3000, 4.3)]
    public void Register_OtherSizes_RecoversCorners(int width, int height, double scale)
    {
        var board = new Board(5);
        var turn = PlaneTransform.Similarity(3, scale, 0, 0);
        var (x, y) = turn.Apply(320, 320);
        var pose = turn with { C = (width / 2.0) - x, F = (height / 2.0) - y };

        var outcome = Registrar.Register(board.Draw(pose, width, height), [PreparedReference.Create(board.Draw())]);

        Assert.InRange(Pose.CornerError(outcome, pose, width, height), 0, 0.5);
    }

    [Fact]
    public void Register_FortyMegapixels_RecoversCorners()
    {
        const int Large = 6400;
        var board = new Board(6);
        var enlarged = PlaneTransform.Similarity(0, 10, 4.5, 4.5);
        var pose = Pose.About(Large, 2, 1.02, 70, -50);

        var outcome = Registrar.Register(
            board.Draw(enlarged.Then(pose), Large, Large), [PreparedReference.Create(board.Draw(enlarged, Large, Large))]);

        Assert.InRange(Pose.CornerError(outcome, pose, Large, Large), 0, 0.5);
    }

    [Fact]
    public void Register_SlightPerspective_IsFollowedIfAskedFor()
    {
        var board = new Board(7);
        var pose = Pose.About(Side, 2, 0.97) with { G = 0.00006, H = -0.00004 };
        var picture = board.Draw(pose);
        var reference = PreparedReference.Create(board.Draw());

        var flat = Registrar.Register(picture, [reference]);
        var bent = Registrar.Register(picture, [reference], new RegistrationOptions { Perspective = true });

        Assert.InRange(Pose.CornerError(bent, pose, Side, Side), 0, 0.5);
        Assert.False(Pose.CornerError(flat, pose, Side, Side) < 1);
    }
}
