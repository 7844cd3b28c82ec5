using Chitti.Tests;
using Xunit.Abstractions;

namespace Chitti.Registration.Tests;

/// <summary>Scanned boards with their templates, if they are beside the checkout.</summary>
public sealed class BoardDataTests(ITestOutputHelper output)
{
    // One of the 65 shows a single stripe, which has no position along itself.
    private const string Stripe = "13000111.jpg";

    [Fact]
    public void Register_ScannedBoards_AreRecognisedInAnyPose()
    {
        if (Pairs("registration of scanned boards") is not { } pairs)
        {
            return;
        }

        var random = new Random(1);
        var fits = new List<double>();
        foreach (var (name, picture, reference) in pairs)
        {
            var pose = Pose.Random(random, 640, maxShift: 0.12);
            var posed = Drawing.Expose(Drawing.Warp(picture, pose), 0.8, 20, 6, random);
            var outcome = Registrar.Register(posed, [PreparedReference.Create(reference)]);
            fits.Add(outcome.Alignment?.Fit ?? 0);
            if (!outcome.IsRegistered)
            {
                output.WriteLine($"{name}: {outcome.Refusal}");
            }
        }

        Assert.InRange(fits.Count(fit => fit > 0), pairs.Count - 2, pairs.Count);
    }

    [Fact]
    public void Register_TemplatesInAnyPose_RecoversCornersWithinHalfAPixel()
    {
        if (Pairs("registration of scanned templates") is not { } pairs)
        {
            return;
        }

        var random = new Random(2);
        var errors = new List<double>();
        foreach (var (name, _, plane) in pairs)
        {
            var reference = PreparedReference.Create(plane);
            for (var i = 0; i < 3; i++)
            {
                var pose = Pose.Random(random, 640, maxShift: 0.15);
                var outcome = Registrar.Register(Drawing.Expose(Drawing.Warp(plane, pose), 0.8, 20, 6, random), [reference]);
                errors.Add(Pose.CornerError(outcome, pose, 640, 640));
                if (errors[^1] > 0.5)
                {
                    output.WriteLine($"{name}, {pose}: {errors[^1]:0.0} px, {outcome}");
                }
            }
        }

        Assert.InRange(errors.Count(error => error <= 0.5), Math.Ceiling(0.99 * errors.Count), errors.Count);
    }

    [Fact]
    public void Register_WrongScannedBoards_AreRefused()
    {
        if (Pairs("refusal of wrong scanned boards") is not { } pairs)
        {
            return;
        }

        var references = pairs.Select(pair => PreparedReference.Create(pair.Reference)).ToArray();
        var random = new Random(3);
        foreach (var (name, picture, _) in pairs)
        {
            var other = Enumerable.Range(0, pairs.Count).Where(i => pairs[i].Name[..5] != name[..5]).ElementAt(random.Next(30));
            var outcome = Registrar.Register(picture, [references[other]]);
            Assert.False(outcome.IsRegistered, $"{name} as {pairs[other].Name}: {outcome}");
        }
    }

    [Fact]
    public void Register_ScannedBoardsWithDefects_AreRecognised()
    {
        if (Pairs("recognition of scanned boards") is not { } pairs)
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
        if (Pairs("refusal of scanned boards") is not { } pairs)
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
        if (Repository.FindShared("refusal of photographs", "data", "photos") is not { } folder || Pairs("refusal of photographs") is not { } pairs)
        {
            return;
        }

        PreparedReference[] references = [.. pairs.Where((_, i) => i % 9 == 0).Take(8).Select(pair => PreparedReference.Create(pair.Reference))];
        Assert.All(
            Directory.EnumerateFiles(folder, "*.jp*g"),
            file => Assert.False(Registrar.Register(Drawing.Load(file), references).IsRegistered, file));
    }

    private List<(string Name, RegistrationOutcome Outcome)> Register(
        string kind, List<(string Name, GreyPlane Picture, GreyPlane Reference)> pairs, Random random)
    {
        var outcomes = pairs
            .Select(pair => (pair.Name, Outcome: Registrar.Register(Mishap.Apply(kind, pair.Picture, random), [PreparedReference.Create(pair.Reference)])))
            .ToList();
        output.WriteLine($"{kind}: {Figures.Of([.. outcomes.Select(one => one.Outcome)])}");
        return outcomes;
    }

    private static List<(string Name, GreyPlane Picture, GreyPlane Reference)>? Pairs(string what)
    {
        if (Repository.FindShared(what, "data", "deeppcb-val") is not { } pictures
            || Repository.FindShared(what, "data", "deeppcb-val-reference") is not { } references)
        {
            return null;
        }

        return
        [
            .. Directory.EnumerateFiles(references, "*.jpg").Select(Path.GetFileName).Order(StringComparer.Ordinal)
                .Where(name => name != Stripe)
                .Select(name => (name!, Drawing.Load(Path.Combine(pictures, name!)), Drawing.Load(Path.Combine(references, name!)))),
        ];
    }
}
