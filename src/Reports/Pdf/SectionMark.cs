using System.Globalization;

namespace Chitti.Reports;

/// <summary>The target of links to an item's section.</summary>
internal sealed class SectionMark(int item) : Block(0)
{
    public static string NameOf(int item) => string.Create(CultureInfo.InvariantCulture, $"item-{item + 1}");

    public override void Draw(PageCanvas page, float top) =>
        page.Canvas.DrawNamedDestinationAnnotation(new(Sheet.Left, Math.Max(0, top - 10)), NameOf(item));
}
