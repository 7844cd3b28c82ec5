using System.Globalization;
using Chitti.Reports;

namespace Chitti.Evaluation;

/// <summary>The confusion matrix, with cells the darker the larger their share of the row.</summary>
internal sealed class MatrixBlock(ConfusionMatrix matrix, Typesetter typesetter) : Block((matrix.Counts.Count + 2) * Row)
{
    /// <summary>Classes that fit.</summary>
    public const int MaxClasses = 14;

    private const float Row = 15;
    private const float NameWidth = 96;
    private const byte Darkest = 0xB0;

    public override void Draw(PageCanvas page, float top)
    {
        var side = matrix.Counts.Count;
        var width = Math.Min(62, (Sheet.ContentWidth - NameWidth) / side);
        page.Text("true class (down), found as (across)", Sheet.Left, top + 2, TextStyle.Label);
        for (var column = 0; column < side; column++)
        {
            page.Text(typesetter.Fit(column < matrix.Classes.Count ? matrix.Classes[column] : "not found", TextStyle.Small, width - 2), Left(column) + (width / 2), top + Row + 3, TextStyle.Small, align: 0.5f);
        }

        for (var row = 0; row < side; row++)
        {
            var y = top + ((row + 2) * Row);
            var total = Math.Max(1, matrix.Counts[row].Sum());
            page.Text(typesetter.Fit(row < matrix.Classes.Count ? matrix.Classes[row] : "no defect there", TextStyle.Body, NameWidth - 4), Sheet.Left, y + 2, TextStyle.Body);
            for (var column = 0; column < side; column++)
            {
                var count = matrix.Counts[row][column];
                var colour = row == column ? Palette.Of(Domain.Verdict.Pass) : Palette.Of(Domain.Verdict.Fail);
                page.Fill(new(Left(column), y, Left(column) + width - 1, y + Row - 1), count == 0 ? Palette.Band : colour.WithAlpha((byte)(0x18 + ((Darkest - 0x18) * count / total))));
                if (row < side - 1 || column < side - 1)
                {
                    page.Text(count.ToString(CultureInfo.InvariantCulture), Left(column) + (width / 2), y + 2, TextStyle.Body, align: 0.5f);
                }
            }
        }

        float Left(int column) => Sheet.Left + NameWidth + (column * width);
    }
}
