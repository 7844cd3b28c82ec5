using Chitti.Domain;
using SkiaSharp;

namespace Chitti.Reports;

/// <summary>A file's annotated picture, with the facts about the file and its inspection beside it.</summary>
internal sealed class FilePanel : Block
{
    private const float PictureWidth = 210;
    private const float NoteHeight = 11;
    private const float LabelWidth = 82;
    private const float FactsLeft = Sheet.Left + PictureWidth + 12;
    private static readonly TextStyle _noteStyle = TextStyle.Small with { Size = 6 };
    private readonly int _index;
    private readonly ReportItem _item;
    private readonly IReadOnlyList<(string Label, IReadOnlyList<string> Lines)> _facts;

    public FilePanel(Typesetter typesetter, int index, ReportItem item)
        : this(index, item, Facts(typesetter, item))
    {
    }

    private FilePanel(int index, ReportItem item, IReadOnlyList<(string Label, IReadOnlyList<string> Lines)> facts)
        : base(Math.Max(PictureHeight(item) + NoteHeight, facts.Sum(f => f.Lines.Count) * TextStyle.Body.LineHeight) + 12)
    {
        _index = index;
        _item = item;
        _facts = facts;
    }

    public override IEnumerable<int> Pictures => [_index];

    public override void Draw(PageCanvas page, float top)
    {
        top += 5;
        var picture = page.Picture(_index);
        var area = picture.DrawWhole(page, SKRect.Create(Sheet.Left, top, PictureWidth, PictureHeight(_item)));
        if (!area.IsEmpty && _item.Inspection is { } inspection)
        {
            PictureDrawing.DrawBoxes(page, inspection, area);
        }

        if (!area.IsEmpty)
        {
            page.Text(page.Typesetter.Fit(picture.Note, _noteStyle, PictureWidth), Sheet.Left, top + PictureHeight(_item) + 2, _noteStyle);
        }

        foreach (var (label, lines) in _facts)
        {
            page.Text(label, FactsLeft, top + 0.6f, TextStyle.Label);
            page.Lines(lines, FactsLeft + LabelWidth, top, TextStyle.Body);
            top += lines.Count * TextStyle.Body.LineHeight;
        }
    }

    private static float PictureHeight(ReportItem item) => item switch
    {
        { Width: > 0, Height: > 0 } => Math.Min(PictureWidth * item.Height / item.Width, PictureWidth),
        _ => PictureWidth * 0.5f,
    };

    private static List<(string Label, IReadOnlyList<string> Lines)> Facts(Typesetter typesetter, ReportItem item)
    {
        List<Field> fields =
        [
            new("Rule that decided", item.Inspection?.Reason),
            new("Decided by", item.Inspection is null ? null : VerdictSection.DecidedBy(item.Inspection)),
            new("Indications", item.Inspection is { } inspection
                ? $"{inspection.Indications.Count}, {inspection.Indications.Count(i => i.Disposition == Disposition.Rejected)} rejected" : null),
            new("Part id", item.PartId ?? ReportText.NotStated), new("Batch", item.BatchId ?? ReportText.NotStated),
            .. TraceSection.OfImage(item), .. TraceSection.OfInspection(item),
            new("Model", item.Inspection is { } run ? $"{run.Model.Name} {run.Model.Version}" : null),
        ];
        const int MaxLines = 12;
        var facts = fields.Where(f => !string.IsNullOrWhiteSpace(f.Value))
            .Select(f => (f.Label, typesetter.Wrap(f.Value!, TextStyle.Body, Sheet.Right - FactsLeft - LabelWidth, MaxLines)))
            .ToList();
        return facts;
    }
}
