namespace Chitti.Evaluation;

/// <summary>
/// Average precision by COCO's rule: the mean, over recalls 0, 0.01, … 1, of the highest precision at that recall or a higher one.
/// </summary>
/// <remarks>Source: pycocotools, <c>COCOeval.accumulate</c>. Precision beyond the highest recall reached is 0.</remarks>
internal static class AveragePrecision
{
    private const int Points = 101;

    /// <param name="correct">Whether each finding is correct, the most confident first.</param>
    /// <param name="truths">Number of defects that must be found.</param>
    /// <returns>0..1; null without defects.</returns>
    public static double? Of(IReadOnlyList<bool> correct, int truths)
    {
        if (truths == 0)
        {
            return null;
        }

        var (recalls, precisions) = (new double[correct.Count], new double[correct.Count]);
        var found = 0;
        for (var at = 0; at < correct.Count; at++)
        {
            found += correct[at] ? 1 : 0;
            recalls[at] = (double)found / truths;
            precisions[at] = (double)found / (at + 1);
        }

        for (var at = correct.Count - 2; at >= 0; at--)
        {
            precisions[at] = Math.Max(precisions[at], precisions[at + 1]);
        }

        var sum = 0.0;
        for (int point = 0, at = 0; point < Points; point++)
        {
            while (at < recalls.Length && recalls[at] < point / (double)(Points - 1))
            {
                at++;
            }

            sum += at < recalls.Length ? precisions[at] : 0;
        }

        return sum / Points;
    }
}
