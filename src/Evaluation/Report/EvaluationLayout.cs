using Chitti.Domain;
using Chitti.Reports;
using static Chitti.Evaluation.SectionWriter;

namespace Chitti.Evaluation;

/// <summary>The order of the report: what was compared, how parts are judged, how defects are found, the worst cases.</summary>
internal sealed class EvaluationLayout
{
    public const string Title = "Evaluation against ground truth";

    private readonly EvaluationResult _result;
    private readonly IReadOnlyList<WorstPicture> _worst;
    private readonly PageFlow _flow = new();
    private readonly SectionWriter _writer;

    private EvaluationLayout(EvaluationResult result, IReadOnlyList<WorstPicture> worst, Typesetter typesetter) =>
        (_result, _worst, _writer) = (result, worst, new(_flow, typesetter));

    public static PageFlow Compose(EvaluationResult result, IReadOnlyList<WorstPicture> worst, Typesetter typesetter)
    {
        var layout = new EvaluationLayout(result, worst, typesetter);
        layout.WriteSubject();
        layout.WriteVerdicts();
        layout.WriteDetection();
        PodSection.Write(result, layout._writer);
        if (result.Agreement is { } agreement)
        {
            AgreementSection.Write(agreement, layout._writer);
        }

        layout.WriteWorst();
        return layout._flow;
    }

    private void WriteSubject()
    {
        var (model, profile, truth) = (_result.Model, _result.Profile, _result.Truth);
        _flow.Add(new TextBlock([Title], TextStyle.Title));
        _flow.Space(6);
        _writer.Paragraph($"Model {model.Name} {model.Version} ({model.Id}), SHA-256 {model.Sha256}");
        _writer.Paragraph($"Profile {profile.Profile.Name} ({profile.Reference.Id})");
        _writer.Paragraph(Text($"Truth {truth.Path} ({ApiJson.Word(truth.Format)}): {truth.Pictures} pictures, {truth.Bad} of bad parts, {truth.Good} of good parts, {_result.NotInspected.Count} not inspected; {_result.Defects.Count} defects that must be found."));
        foreach (var note in truth.Notes)
        {
            _writer.Paragraph($"Note: {note}", TextStyle.Label);
        }

        foreach (var picture in _result.NotInspected.Take(20))
        {
            _writer.Paragraph($"Not inspected, and in no figure: {picture.File}: {picture.Error}", TextStyle.Label);
        }
    }

    private void WriteVerdicts()
    {
        var verdicts = _result.Verdicts;
        _writer.Heading("How parts are judged", 90);
        List<Column> columns = [new("", 190), new("Parts", 70, Right: true), new("Share", 70, Right: true), new("95 % range", 110, Right: true)];
        _writer.Table(columns,
        [
            Row("Escapes: bad parts that pass", verdicts.WorkingPoint.Escapes),
            Row("Overkill: good parts that do not pass", verdicts.WorkingPoint.Overkill),
            Row("of these, good parts that fail", verdicts.GoodFails),
            Row("Bad parts sent to review", verdicts.BadReviewed),
            Row("All parts sent to review", verdicts.WorkingPoint.Reviews),
            Row("Defects that the profile neither rejects nor reviews", verdicts.MissedDefects),
        ]);
        _flow.Space(4);
        _writer.Paragraph("The range holds the true share with 95 % confidence, if these parts are a random sample of those to come (Clopper and Pearson). A bad part is one that the profile's own rule rejects for its true defects.", TextStyle.Label);
        if (verdicts.Suggestion is { } suggestion)
        {
            _writer.Paragraph(Text($"Thresholds for at most {suggestion.MaxEscapes:0.##%} escapes: {(suggestion.Verdicts is { } found ? Text($"all moved by {found.Shift:+0.00;-0.00;0}, with overkill {found.Overkill.Count} of {found.Overkill.Of} and {found.Reviews.Count} of {found.Reviews.Of} for review. ") : "")}{suggestion.Statement}"), TextStyle.Strong);
            _writer.Paragraph(string.Join("; ", suggestion.Thresholds.Select(one => Text(
                $"{one.Class} {(one.ReviewConfidence is { } review ? Text($"review from {review:0.00##}, ") : "")}reject from {one.RejectConfidence:0.00##}"))), TextStyle.Label);
        }

        if (_result.Truth is { Bad: > 0, Good: > 0 })
        {
            _flow.Add(new PlotBlock(EvaluationPlots.EscapesAgainstOverkill(verdicts), EvaluationPlots.SharesOverShift(verdicts)));
        }
        else
        {
            _writer.Paragraph("There is no curve of escapes against overkill, because it takes good and bad parts.");
        }
    }

    private void WriteDetection()
    {
        var detection = _result.Detection;
        _writer.Heading("How defects are found", 120);
        _writer.Paragraph(Text($"mAP at IoU 0.5: {Percent(detection.Map50)}. mAP at IoU 0.5:0.95: {Percent(detection.Map)}. COCO's rule of 101 points, mean over the classes that have defects. Elsewhere a finding counts from IoU {detection.MatchIou:0.##} on. Findings from confidence {detection.LowestConfidence:0.####} on were recorded."));
        List<Column> columns =
        [
            new("Class", 104), new("Defects", 44, Right: true), new("AP\n0.5", 46, Right: true), new("AP\n0.5:0.95", 46, Right: true),
            new("From\n(review)", 44, Right: true), new("Precision", 48, Right: true), new("Recall", 46, Right: true), new("F", 46, Right: true), new("Best F\n(from)", 76, Right: true),
        ];
        _writer.Table(columns, detection.Classes.Select(one => new Cell[]
        {
            one.Class, Text($"{one.Truths}"), Percent(one.Ap50), Percent(one.Ap), one.AtReview is { } point ? Text($"{point.Confidence:0.00}") : "–",
            Percent(one.AtReview?.Precision), Percent(one.AtReview?.Recall), Percent(one.AtReview?.F), one.BestF is { } best ? Text($"{Percent(best.F)} ({best.Confidence:0.00})") : "–",
        }));
        WriteDeepPcb(detection.DeepPcb);
        var plotted = detection.Classes.Where(one => one.Truths > 0).OrderByDescending(one => one.Truths).Take(EvaluationPlots.MaxClasses).ToList();
        if (plotted.Count > 0)
        {
            _flow.Space(6);
            _flow.Add(new PlotBlock(EvaluationPlots.PrecisionAgainstRecall(plotted), EvaluationPlots.FOverConfidence(plotted)));
        }

        WriteConfusion(detection.Confusion);
    }

    private void WriteDeepPcb(DeepPcbFigures? figures)
    {
        if (figures is null)
        {
            return;
        }

        var (at, best) = (figures.AtConfidence, figures.BestF);
        _flow.Space(6);
        _writer.Paragraph(Text($"By the rules of the DeepPCB benchmark (IoU above {figures.AboveIou:0.##}, other matching, no interpolation): mAP {Percent(figures.Map)}; classes pooled {Percent(figures.PooledAp)}; F from confidence {at.Confidence:0.00##} on {Percent(at.F)} (precision {Percent(at.Precision)}, recall {Percent(at.Recall)}); best F {Percent(best.F)}, from {best.Confidence:0.00} on.{(figures.PicturesWithoutDefects == 0 ? "" : Text($" {figures.PicturesWithoutDefects} pictures have no defect; the benchmark has no such pictures, so leave them out to compare with its figures."))}"));
        _writer.Paragraph($"AP by class: {string.Join(", ", figures.Classes.Where(one => one.Truths > 0).Select(one => $"{one.Class} {Percent(one.Ap)}"))}.", TextStyle.Label);
    }

    private void WriteConfusion(ConfusionMatrix matrix)
    {
        _writer.Heading("What is taken for what", 120);
        if (matrix.Classes.Count <= MatrixBlock.MaxClasses)
        {
            _flow.Add(new MatrixBlock(matrix, _writer.Typesetter));
        }
        else
        {
            var cells = from row in Enumerable.Range(0, matrix.Counts.Count)
                        from column in Enumerable.Range(0, matrix.Counts.Count)
                        where row != column && matrix.Counts[row][column] > 0
                        orderby matrix.Counts[row][column] descending
                        select new Cell[] { Name(row, "no defect"), Name(column, "not found"), Text($"{matrix.Counts[row][column]}") };
            _writer.Table([new("True class", 160), new("Found as", 160), new("Times", 60, Right: true)], cells.Take(30));
        }

        _flow.Space(4);
        _writer.Paragraph("Findings that the profile reviews or rejects, matched by overlap whatever their class.", TextStyle.Label);

        string Name(int index, string none) => index < matrix.Classes.Count ? matrix.Classes[index] : none;
    }

    private void WriteWorst()
    {
        foreach (var kind in _worst.GroupBy(picture => picture.Case.Kind))
        {
            _writer.Heading(kind.Key switch
            {
                WorstKind.Escape => "Worst escapes: bad parts that pass",
                WorstKind.Overkill => "Worst overkill: good parts that do not pass",
                WorstKind.Missed => "Largest defects that were not found",
                WorstKind.Stray => "Most confident findings where no defect is",
                _ => "Most confident findings of the wrong class",
            }, 140);
            foreach (var picture in kind)
            {
                _flow.Add(new CaseBlock(picture, _writer.Typesetter));
            }
        }

        if (_worst.Count > 0)
        {
            _writer.Paragraph("Green: true defects. Red: rejected findings, orange: for review, grey: accepted or ignored.", TextStyle.Label);
        }
    }

    private static Cell[] Row(string name, Proportion proportion) =>
    [
        name, proportion.Of == 0 ? "none given" : Text($"{proportion.Count} of {proportion.Of}"), Percent(proportion.Share), proportion.Of == 0 ? "–" : $"{Percent(proportion.Lower)} to {Percent(proportion.Upper)}",
    ];
}
