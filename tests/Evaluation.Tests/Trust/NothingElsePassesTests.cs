using Chitti.Tests;
using SkiaSharp;

namespace Chitti.Evaluation.Tests;

/// <summary>Beside a reference, only what shows the whole part may pass.</summary>
public sealed class NothingElsePassesTests : IDisposable
{
    private static readonly string _reference = Repository.Path("samples-references", "good-1.jpg");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_WhatIsNotThisBoard_DoesNotPass()
    {
        Save("noise", Drawings.Noise(1));
        Save("clouds", Drawings.Clouds(2));
        Save("gradient", Drawings.Gradient(diagonal: false));
        Save("gradient-diagonal", Drawings.Gradient(diagonal: true));
        Save("text", Drawings.Text(14));
        Save("text-large", Drawings.Text(40));
        Save("checkerboard", Drawings.Checkerboard(40));
        Save("checkerboard-fine", Drawings.Checkerboard(8));
        using var board = Drawings.Sample("good-1.jpg");
        Save("inverted", Drawings.Invert(board));
        Save("turned-by-45", Drawings.Move(board, 0, 0, 45));
        Save("mirrored", Drawings.Mirror(board));
        Save("other-design", Drawings.Sample("good-2.jpg"));
        Save("half", Drawings.Half(board));
        Save("under-a-hand", Drawings.UnderAHand(board));
        AddPhotographs();

        var verdicts = await Verdicts.OfAsync(_folder["in"], _reference, _folder["out"]);

        Assert.InRange(verdicts.Count, 14, 30);
        Assert.All(verdicts, one => Assert.True(one.Verdict is "review" or "fail", $"{one}"));
        Assert.All(verdicts, one => Assert.False(string.IsNullOrEmpty(one.Reason)));
    }

    [Fact]
    public async Task Inspect_TheBoardAsItMayLie_Passes()
    {
        using var board = Drawings.Sample("good-1.jpg");
        foreach (var degrees in new[] { 0f, 3, -9, 90, 181, 268 })
        {
            Save($"turned by {degrees}", Drawings.Move(board, 0, 0, degrees));
        }

        Save("larger", Drawings.Scale(board, 1.2));
        Save("smaller", Drawings.Scale(board, 0.85));

        var verdicts = await Verdicts.OfAsync(_folder["in"], _reference, _folder["out"]);

        // Turned by 9 degrees, its corners are outside the picture.
        Assert.All(verdicts, one => Assert.True(one.Verdict == "pass" || one.File.Contains("-9", StringComparison.Ordinal), $"{one}"));
        Assert.Contains(verdicts, one => one.File.Contains("-9", StringComparison.Ordinal) && one.Verdict == "review");
    }

    /// <summary>A picture of a panel or on a large canvas is not this board, whatever is on it; nor is it without a reference.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Inspect_DefectInALargePicture_DoesNotPass(bool withReference)
    {
        var boards = Enumerable.Range(0, 24).Select(index => Drawings.Sample(index switch { 5 => "short.jpg", 13 => "open.jpg", 22 => "spur.jpg", _ => index % 2 == 0 ? "good-1.jpg" : "good-2.jpg" })).ToList();
        Save("panel", Drawings.Panel(6, boards));
        boards.ForEach(board => board.Dispose());
        using var shorted = Drawings.Sample("short.jpg");
        Save("canvas", Drawings.OnACanvas(shorted, 4000, 3000));

        var verdicts = await Verdicts.OfAsync(_folder["in"], withReference ? _reference : null, _folder["out"]);

        Assert.Equal(2, verdicts.Count);
        Assert.All(verdicts, one => Assert.True(one.Verdict is "review" or "fail", $"{one}"));
    }

    private void AddPhotographs()
    {
        if (Repository.FindShared("photographs beside a reference", "data", "photos") is not { } photographs)
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(photographs, "*.jp*g").Order(StringComparer.Ordinal).Take(4))
        {
            using var photograph = Drawings.Load(file);
            foreach (var percent in new[] { 50, 100, 200, 400 })
            {
                Save($"{Path.GetFileNameWithoutExtension(file)}-{percent}", Drawings.Scale(photograph, percent / 100.0));
            }
        }
    }

    private void Save(string name, SKBitmap picture)
    {
        Drawings.Save(picture, _folder["in", $"{name}.png"]);
        picture.Dispose();
    }
}
