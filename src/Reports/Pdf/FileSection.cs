namespace Chitti.Reports;

/// <summary>The files of a report over many: for each, picture and facts side by side, with the indications below.</summary>
internal static class FileSection
{
    public static void WriteAll(Composition composition)
    {
        var items = composition.Document.Items;
        if (items.All(PassSection.Has))
        {
            return;
        }

        composition.Flow.NewPage();
        composition.Flow.Add(new HeadingBlock("Files, in the order of the request"));
        composition.Flow.Add(new LegendBlock());
        for (var index = 0; index < items.Count; index++)
        {
            if (!PassSection.Has(items[index]))
            {
                Write(composition, index, items[index]);
            }
        }
    }

    private static void Write(Composition composition, int index, ReportItem item)
    {
        var flow = composition.Flow;
        var strip = new FileStrip(composition.Typesetter, index, composition.Document.Items.Count, item);
        var panel = new FilePanel(composition.Typesetter, index, item);
        var findings = item.Inspection is { Indications.Count: > 0 } ? 65 : 0;
        flow.Space(10);
        if (strip.Height + panel.Height + findings > flow.Remaining)
        {
            flow.NewPage();
        }

        flow.BeginSection(index);
        flow.Add(new SectionMark(index));
        flow.Add(strip);
        flow.Add(panel);
        if (item.Inspection is { Indications.Count: > 0 } inspection)
        {
            VerdictSection.WriteIndications(composition, index, item, inspection, IndicationRow.Compact);
            ComparisonSection.Write(composition, index, item, whole: false);
        }
    }
}
