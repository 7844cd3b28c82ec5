namespace Chitti.Reports;

/// <summary>
/// Lays out fields under the name of their group, two per row if they are short. Fields that are not stated are named
/// together in one line, so that a reader sees the gaps without half a page of blanks.
/// </summary>
internal static class FieldGroup
{
    private const int LinesInRow = 6;

    public static void Write(Composition composition, string group, params IReadOnlyList<Field> fields)
    {
        var rows = new List<FieldRow.Part[]>();
        FieldRow.Part? waiting = null;
        foreach (var field in fields.Where(f => IsStated(f)))
        {
            var half = composition.Typesetter.Wrap(
                field.Value!, TextStyle.Body, FieldRow.HalfWidth - FieldRow.LabelWidth - 10);
            if (!field.Wide && half.Count <= 2)
            {
                var part = new FieldRow.Part(
                    field.Label, half, FieldRow.ValuesLeft + (waiting is null ? 0 : FieldRow.HalfWidth), TextStyle.Body);
                if (waiting is null)
                {
                    waiting = part;
                }
                else
                {
                    rows.Add([waiting, part]);
                    waiting = null;
                }
                continue;
            }
            if (waiting is not null)
            {
                rows.Add([waiting]);
            }

            waiting = null;
            var label = field.Label;
            foreach (var lines in composition.Typesetter
                .Wrap(field.Value!, TextStyle.Body, Sheet.Right - FieldRow.ValuesLeft - FieldRow.LabelWidth).Chunk(LinesInRow))
            {
                rows.Add([new(label, lines, FieldRow.ValuesLeft, TextStyle.Body)]);
                label = " ";
            }
        }
        if (waiting is not null)
        {
            rows.Add([waiting]);
        }

        if (MissingOf(fields) is { } missing)
        {
            rows.Add([new("", composition.Typesetter.Wrap(
                missing, TextStyle.Label, Sheet.Right - FieldRow.ValuesLeft), FieldRow.ValuesLeft, TextStyle.Label)]);
        }

        var blocks = rows.Select((row, i) => new FieldRow(i == 0 ? group : null, row)).ToList();
        // A group stays on one page unless it is very long.
        var rest = blocks.Skip(1).Sum(b => b.Height);
        for (var i = 0; i < blocks.Count; i++)
        {
            composition.Flow.Add(blocks[i], i == 0 && rest < Sheet.ContentHeight / 3 ? rest : 0);
        }
    }

    private static bool IsStated(Field field) => !string.IsNullOrWhiteSpace(field.Value);

    private static string? MissingOf(IReadOnlyList<Field> fields)
    {
        var missing = fields.Where(f => !IsStated(f)).Select(f => f.Label).ToList();
        return missing.Count == 0 ? null : $"Not stated: {string.Join(", ", missing).ToLowerInvariant()}";
    }
}
