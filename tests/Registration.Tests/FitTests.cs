using Xunit.Abstractions;

namespace Chitti.Registration.Tests;

/// <summary>Which pictures are taken for the part, with drawn boards.</summary>
public sealed class FitTests(ITestOutputHelper output)
{
    private const int Side = 640;

    private static readonly (GreyPlane Plane, PreparedReference Reference)[] _boards =
        [.. Enumerable.Range(1, 20).Select(seed => new Board(seed).Draw()).Select(plane => (plane, PreparedReference.Create(plane)))];

    public static TheoryData<string> Refused => [.. Mishap.Refused];

    public static TheoryData<string> Recognised => [.. Mishap.Recognised];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Register_NotAWholeGoodSideUp_IsRefused(string kind)
    {
        var random = new Random(11);
        var outcomes = _boards.Select(board => Registrar.Register(Mishap.Apply(kind, board.Plane, random), [board.Reference])).ToList();

        output.WriteLine($"{kind}: {Figures.Of(outcomes)}");
        Assert.All(outcomes, outcome => Assert.False(outcome.IsRegistered, outcome.ToString()));
    }

    [Theory]
    [MemberData(nameof(Recognised))]
    public void Register_DamagedPart_IsRecognised(string kind)
    {
        var random = new Random(12);
        var outcomes = _boards.Select(board => Registrar.Register(Mishap.Apply(kind, Mishap.Damage(board.Plane, random), random), [board.Reference])).ToList();

        output.WriteLine($"{kind}: {Figures.Of(outcomes)}");
        Assert.All(outcomes, outcome => Assert.True(outcome.IsRegistered, outcome.ToString()));
    }

    [Fact]
    public void Register_BoardsOfAnotherDesign_AreRefused()
    {
        var outcomes = _boards.Select((board, i) => Registrar.Register(board.Plane, [_boards[(i + 7) % _boards.Length].Reference])).ToList();

        output.WriteLine($"other design: {Figures.Of(outcomes)}");
        Assert.All(outcomes, outcome => Assert.False(outcome.IsRegistered, outcome.ToString()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(186)]
    public void Register_NearlySymmetricBoardMirrored_IsRefused(double degrees) => Assert.All(Enumerable.Range(1, 8), seed =>
    {
        var board = Symmetric(seed, marks: 4);
        var reference = PreparedReference.Create(board);
        var random = new Random(seed);

        var good = Registrar.Register(Drawing.Expose(board, 0.9, 10, 5, random), [reference]);
        var mirrored = Registrar.Register(
            Drawing.Expose(Drawing.Warp(Mishap.Mirror(board), Pose.About(Side, degrees, 1)), 0.9, 10, 5, random), [reference]);

        Assert.True(good.IsRegistered, good.ToString());
        Assert.False(mirrored.IsRegistered, mirrored.ToString());
    });

    [Fact]
    public void Register_SymmetricBoardWithDefects_IsRecognised() => Assert.All(Enumerable.Range(1, 8), seed =>
    {
        var board = Symmetric(seed, marks: 0);
        var outcome = Registrar.Register(Mishap.Damage(board, new Random(seed)), [PreparedReference.Create(board)]);

        Assert.True(outcome.IsRegistered, outcome.ToString());
    });

    [Fact]
    public void Register_BrightAreaCovered_IsRefused()
    {
        // Nearly all of the part is a bright plane without structure, which a correlation does not see.
        var board = Drawing.Map(_boards[0].Plane, (x, y, value) => x > 200 && y > 200 ? (byte)255 : value);
        var covered = Drawing.Map(board, (x, y, value) => x is > 330 and < 560 && y is > 330 and < 560 ? (byte)0 : value);
        var reference = PreparedReference.Create(board);

        Assert.True(Registrar.Register(board, [reference]).IsRegistered);
        Assert.False(Registrar.Register(covered, [reference]).IsRegistered);
    }

    /// <summary>A board that equals its mirror image, but for marks of about a pad's size in one half.</summary>
    private static GreyPlane Symmetric(int seed, int marks)
    {
        var board = new Board(seed).Draw();
        var random = new Random(seed);
        var at = Enumerable.Range(0, marks).Select(_ => (X: random.Next(30, 280), Y: random.Next(30, 600))).ToArray();
        return Drawing.Map(board, (x, y, value) => at.Any(mark => Math.Abs(mark.X - x) < 11 && Math.Abs(mark.Y - y) < 11)
            ? (byte)255
            : Math.Max(value, board.Pixels[(y * Side) + Side - 1 - x]));
    }
}
