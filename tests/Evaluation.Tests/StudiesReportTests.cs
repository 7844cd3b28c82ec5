using System.Text.Json;
using Chitti.Imaging;
using Chitti.Standalone;
using UglyToad.PdfPig;

namespace Chitti.Evaluation.Tests;

/// <summary>POD and agreement in JSON, CSV, PDF and on the console.</summary>
public sealed class StudiesReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_CurveOfAClass_IsInEveryFormat()
    {
        var result = await WriteAsync(Studies.Evaluate(millimetresPerPixel: 0.05));

        var fit = result.Pod.Classes[0].Pod.Pixels.Fit!;
        var open = Json().GetProperty("pod").GetProperty("classes")[0].GetProperty("pod");
        Assert.Equal(fit.A9095.Value, open.GetProperty("pixels").GetProperty("fit").GetProperty("a9095").GetProperty("value").GetDouble());
        Assert.Equal(fit.A9095Wald.Value, open.GetProperty("pixels").GetProperty("fit").GetProperty("a9095_wald").GetProperty("value").GetDouble());
        Assert.Equal("mm", open.GetProperty("millimetres").GetProperty("unit").GetString());
        Assert.Equal("profile", Json().GetProperty("pod").GetProperty("calibration").GetProperty("source").GetString());
        Assert.StartsWith(FormattableString.Invariant($"class,open,mm,150,{result.Pod.Classes[0].Pod.Pixels.Hits},"), Csv("pod").Single(line => line.StartsWith("class,open,mm", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($",{fit.A9095.Value},{fit.A9095Wald.Value},"), Csv("pod").Single(line => line.StartsWith("class,open,px", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(fit.Curve.Count, Csv("pod-curve").Count(line => line.StartsWith("class,open,px", StringComparison.Ordinal)));
        var pdf = Pdf();
        Assert.Contains("From which size on defects are found", pdf, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"a90/95 {fit.A9095.Value:0.0} px"), pdf, StringComparison.Ordinal);
        Assert.Contains("95 % lower bound", pdf, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"a90/95 {fit.A9095.Value:0.0} px, {fit.A9095.Value * 0.05:0.000} mm (Wald {fit.A9095Wald.Value:0.0} px)"), Line(result, "  open "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ClassThatIsRefused_GivesTheReasonInEveryFormat()
    {
        var result = await WriteAsync(Studies.Evaluate());

        const string Reason = "5 targets; a hit/miss study needs at least 60: add 55 or more";
        var refusal = Json().GetProperty("pod").GetProperty("classes")[1].GetProperty("pod").GetProperty("pixels").GetProperty("refusal");
        Assert.Equal(("too_few_targets", Reason), (refusal.GetProperty("reason").GetString(), refusal.GetProperty("message").GetString()));
        Assert.Contains($"too_few_targets,{Reason}", Csv("pod").Single(line => line.StartsWith("class,short,px", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("No curve: 5 targets; a hit/miss study needs at", Pdf(), StringComparison.Ordinal);
        Assert.EndsWith("5 of 5 found, no curve: at least 60 are needed", Line(result, "  short "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_CurveThatLevelsOff_SaysSoAndShowsTheMisses()
    {
        var result = await WriteAsync(Studies.Evaluate(opens: 1000, shorts: 0, asymptote: 0.85));

        Assert.Contains("open: no curve", Pdf(), StringComparison.Ordinal);
        Assert.Contains("the curve levels off near", Csv("pod").Single(line => line.StartsWith("class,open,px", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith("no curve: it levels off below 100 %, because large ones are missed: see the report", Line(result, "  open "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Agreement_IsInEveryFormat()
    {
        var pictures = Studies.Pictures(80, 0);
        var rows = pictures.Take(10).Select(picture => $"{picture.Truth.File} f Anna:ff Bo:fp").Append("absent f Anna:pp Bo:pp").ToArray();
        var study = AgreementStudy.Match(Given.Ratings(rows), Studies.Truth(pictures), Given.Profile());

        var result = await WriteAsync(Studies.Evaluate(pictures, agreement: study));

        var passed = pictures.Take(10).Count(picture => picture.Observation!.Findings.Count == 0);
        var agreement = Json().GetProperty("agreement");
        var model = agreement.GetProperty("result").GetProperty("raters").EnumerateArray().Single(rater => rater.GetProperty("rater").GetString() == "model");
        Assert.Equal(passed, model.GetProperty("miss_rate").GetProperty("proportion").GetProperty("count").GetInt32());
        Assert.Equal("acceptable to 2 %, marginal to 5 % (AIAG MSA, 4th edition)", model.GetProperty("miss_rate").GetProperty("limits").GetProperty("text").GetString());
        Assert.Equal("absent", agreement.GetProperty("not_evaluated")[0].GetProperty("part").GetString());
        Assert.Equal(70, agreement.GetProperty("not_rated").GetArrayLength());
        Assert.Contains(Csv("agreement"), line => line.StartsWith($"miss_rate,model,,{passed},10,", StringComparison.Ordinal));
        Assert.Contains(Csv("agreement"), line => line.StartsWith("fleiss_kappa_of_inspectors,", StringComparison.Ordinal));
        Assert.Contains("absent,,,,,,,\"not evaluated, in no figure: it is no picture of the truth\"", Csv("agreement-parts"));
        Assert.Equal(1 + 10 + 1 + 70, Csv("agreement-parts").Length);
        var pdf = Pdf();
        Assert.Contains("How the model and inspectors agree", pdf, StringComparison.Ordinal);
        Assert.Contains("Rated, but not evaluated, and in no figure: absent (line 12)", pdf, StringComparison.Ordinal);
        Assert.Contains("acceptable from 90 %, marginal from 80 %", pdf, StringComparison.Ordinal);
        Assert.Contains("misses", Line(result, "  model "), StringComparison.Ordinal);
        Assert.Equal("note: rated, but not evaluated, and in no figure: 1 (absent: it is no picture of the truth)", Line(result, "note: rated"));
        Assert.StartsWith("note: evaluated, but not rated: 70 (open-10, ", Line(result, "note: evaluated"), StringComparison.Ordinal);
        Assert.Contains("kappa good above 0.75, poor below 0.40", Line(result, "  limits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_NoRatings_HasNoAgreement()
    {
        await WriteAsync(Studies.Evaluate());

        Assert.Equal(JsonValueKind.Null, Json().GetProperty("agreement").ValueKind);
        Assert.False(File.Exists(_folder["evaluation-agreement.csv"]));
        Assert.DoesNotContain("inspectors", Pdf(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FiguresOfDeepPcb_AreInEveryFormat()
    {
        var result = Studies.Evaluate();
        var figures = DeepPcbEvaluation.Evaluate(Studies.Pictures(150, 5), ["open", "short", "spur"], 0.53f);
        result = await WriteAsync(result with { Detection = result.Detection with { DeepPcb = figures } });

        Assert.Equal(figures.Map, Json().GetProperty("detection").GetProperty("deep_pcb").GetProperty("map").GetDouble());
        Assert.EndsWith(FormattableString.Invariant($",{figures.Classes[0].Ap}"), Csv("classes")[1], StringComparison.Ordinal);
        Assert.Contains("By the rules of the DeepPCB benchmark", Pdf(), StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"F {figures.AtConfidence.F:0.00%} from confidence 0.53 on"), Line(result, "DeepPCB"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OnlyBadOrOnlyGoodParts_SayWhatWasNotMeasured()
    {
        Assert.Equal("overkill   no good parts were given, so overkill was not measured", Line(Studies.Evaluate(), "overkill"));
        var good = Given.Evaluate(new(), Given.Profile(), Given.Picture("a", []));
        Assert.Equal("escapes    no bad parts were given, so escapes were not measured", Line(good, "escapes"));
        Assert.Equal("missed     no defects were given, so missed ones were not measured", Line(good, "missed"));
        Assert.Equal("detection  no defects were given, so it was not measured", Line(good, "detection"));
        Assert.DoesNotContain(EvaluateConsole.Lines(good), line => line.StartsWith("POD", StringComparison.Ordinal));
    }

    private static string Line(EvaluationResult result, string start) => EvaluateConsole.Lines(result).Last(line => line.StartsWith(start, StringComparison.Ordinal));

    private JsonElement Json() => JsonDocument.Parse(File.ReadAllBytes(_folder["evaluation.json"])).RootElement;

    private string[] Csv(string table) => File.ReadAllLines(_folder[$"evaluation-{table}.csv"]);

    private string Pdf()
    {
        using var pdf = PdfDocument.Open(_folder["evaluation.pdf"]);
        return string.Join(' ', pdf.GetPages().SelectMany(page => page.GetWords()).Select(word => word.Text));
    }

    private async Task<EvaluationResult> WriteAsync(EvaluationResult result)
    {
        using var fonts = FontFaces.Load();
        return await new EvaluationWriter(_folder.Path, fonts, new ImageDecoders()).WriteAsync(
            result, [.. result.Pictures.Select(picture => Given.Picture(picture.File, []))], CancellationToken.None);
    }
}
