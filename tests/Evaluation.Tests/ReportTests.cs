using Chitti.Imaging;
using UglyToad.PdfPig;

namespace Chitti.Evaluation.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("קצר")]
    [InlineData("كسر")]
    [InlineData("短路")]
    [InlineData("=HYPERLINK(\"x\")")]
    [InlineData("a very long name of a class that fits neither a column nor a legend, and goes on and on and on and on and on and on")]
    public async Task Write_AnyNameOfAClass_GivesAReport(string name)
    {
        var result = Given.Evaluate(
            new() { MaxEscapes = 0.1 }, Given.Profile(), Given.Picture("a", [Given.Truth(10)], Given.Finding(0.9f, 10), Given.Finding(0.5f, 10)), Given.Picture("b", []));
        var renamed = result.Detection.Classes.Select(one => one.Class == "open" ? one with { Class = name } : one).ToList();

        await WriteAsync(result with { Detection = result.Detection with { Classes = renamed, Confusion = result.Detection.Confusion with { Classes = [name, "short"] } } });

        using var pdf = PdfDocument.Open(_folder["evaluation.pdf"]);
        Assert.True(pdf.NumberOfPages >= 2);
        Assert.DoesNotContain("\n=", await File.ReadAllTextAsync(_folder["evaluation-classes.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_OnlyBadParts_SaysWhyThereIsNoCurve()
    {
        await WriteAsync(Given.Evaluate(new(), Given.Profile(), Given.Picture("a", [Given.Truth(10)], Given.Finding(0.9f, 10))));

        using var pdf = PdfDocument.Open(_folder["evaluation.pdf"]);
        var text = string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
        Assert.Contains("There are no good parts: nothing can be said about overkill.", text, StringComparison.Ordinal);
        Assert.Contains("There is no curve of escapes against overkill", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_PictureThatIsGone_ListsItsCaseWithoutAPicture()
    {
        var written = await WriteAsync(Given.Evaluate(new(), Given.Profile(), Given.Picture("gone.png", [Given.Truth(10)])));

        Assert.All(written.Worst, one => Assert.Null(one.Picture));
        Assert.Equal([WorstKind.Escape, WorstKind.Missed], written.Worst.Select(one => one.Kind));
    }

    private async Task<EvaluationResult> WriteAsync(EvaluationResult result)
    {
        using var fonts = FontFaces.Load();
        var pictures = result.Pictures.Select(picture => Given.Picture(picture.File, [])).ToList();
        return await new EvaluationWriter(_folder.Path, fonts, new ImageDecoders()).WriteAsync(result, pictures, CancellationToken.None);
    }
}
