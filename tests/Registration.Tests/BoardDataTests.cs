using Chitti.Tests;
using Xunit.Abstractions;

namespace Chitti.Registration.Tests;

/// <summary>Scanned boards with their templates, if they are beside the checkout.</summary>
public sealed class BoardDataTests(ITestOutputHelper output)
{
    [Fact]
    public void Register_ScannedBoards_AreRecognisedInAnyPose()
    {
        if (ScannedBoards.Pairs("registration of scanned boards") is not { } pairs)
        {
            return;
        }

        var random = new Random(1);
        var fits = new List<double>();
        foreach (var board in pairs)
        {
            var pose = Pose.Random(random, 640, maxShift: 0.12);
            var posed = Drawing.Expose(Drawing.Warp(board.Picture, pose), 0.8, 20, 6, random);
            var outcome = Registrar.Register(posed, [board.Prepared]);
            fits.Add(outcome.Alignment?.Fit ?? 0);
            if (!outcome.IsRegistered)
            {
                output.WriteLine($"{board.Name}: {outcome.Refusal}");
            }
        }

        Assert.InRange(fits.Count(fit => fit > 0), pairs.Count - 2, pairs.Count);
    }

    [Fact]
    public void Register_TemplatesInAnyPose_RecoversCornersWithinHalfAPixel()
    {
        if (ScannedBoards.Pairs("registration of scanned templates") is not { } pairs)
        {
            return;
        }

        var random = new Random(2);
        var errors = new List<double>();
        foreach (var board in pairs)
        {
            for (var i = 0; i < 3; i++)
            {
                var pose = Pose.Random(random, 640, maxShift: 0.15);
                var outcome = Registrar.Register(Drawing.Expose(Drawing.Warp(board.Reference, pose), 0.8, 20, 6, random), [board.Prepared]);
                errors.Add(Pose.CornerError(outcome, pose, 640, 640));
                if (errors[^1] > 0.5)
                {
                    output.WriteLine($"{board.Name}, {pose}: {errors[^1]:0.0} px, {outcome}");
                }
            }
        }

        Assert.InRange(errors.Count(error => error <= 0.5), Math.Ceiling(0.99 * errors.Count), errors.Count);
    }

    [Fact]
    public void Register_WrongScannedBoards_AreRefused()
    {
        if (ScannedBoards.Pairs("refusal of wrong scanned boards") is not { } pairs)
        {
            return;
        }

        var random = new Random(3);
        foreach (var board in pairs)
        {
            var other = pairs.Where(one => one.Design != board.Design).ElementAt(random.Next(30));
            var outcome = Registrar.Register(board.Picture, [other.Prepared]);
            Assert.False(outcome.IsRegistered, $"{board.Name} as {other.Name}: {outcome}");
        }
    }

    [Fact]
    public void Register_ScannedBoardsWithDefects_AreRecognised()
    {
        if (ScannedBoards.Pairs("recognition of scanned boards") is not { } pairs)
        {
            return;
        }

        var random = new Random(4);
        foreach (var kind in Mishap.Recognised)
        {
            Assert.All(Register(kind, pairs, random), one => Assert.True(one.Outcome.IsRegistered, $"{one.Name} {kind}: {one.Outcome}"));
        }
    }

    [Fact]
    public void Register_ScannedBoardsNotWholeOrNotGoodSideUp_AreRefused()
    {
        if (ScannedBoards.Pairs("refusal of scanned boards") is not { } pairs)
        {
            return;
        }

        var random = new Random(5);
        foreach (var kind in Mishap.Refused)
        {
            Assert.All(Register(kind, pairs, random), one => Assert.False(one.Outcome.IsRegistered, $"{one.Name} {kind}: {one.Outcome}"));
        }
    }

    [Fact]
    public void Register_Photographs_AreRefused()
    {
        if (Repository.FindShared("refusal of photographs", "data", "photos") is not { } folder || ScannedBoards.Pairs("refusal of photographs") is not { } pairs)
        {
            return;
        }

        PreparedReference[] references = [.. pairs.Where((_, i) => i % 9 == 0).Take(8).Select(pair => pair.Prepared)];
        Assert.All(
            Directory.EnumerateFiles(folder, "*.jp*g"),
            file => Assert.False(Registrar.Register(Drawing.Load(file), references).IsRegistered, file));
    }

    private List<(string Name, RegistrationOutcome Outcome)> Register(string kind, List<ScannedBoard> pairs, Random random)
    {
        var outcomes = pairs
            .Select(pair => (pair.Name, Outcome: Registrar.Register(Mishap.Apply(kind, pair.Picture, random), [pair.Prepared])))
            .ToList();
        output.WriteLine($"{kind}: {Figures.Of([.. outcomes.Select(one => one.Outcome)])}");
        return outcomes;
    }
}
