using ScottPlot;

namespace Chitti.Evaluation;

/// <summary>The plots of an evaluation.</summary>
internal static class EvaluationPlots
{
    /// <summary>Classes with a line of their own: more can't be told apart.</summary>
    public const int MaxClasses = 10;

    private static readonly LinePattern[] _patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.DenselyDashed, LinePattern.Dotted];

    /// <summary>Escapes against overkill while the thresholds move, with the working point and the suggested one.</summary>
    public static Plot EscapesAgainstOverkill(VerdictFigures verdicts)
    {
        var plot = Create("Escapes against overkill", "overkill, share of good parts", "escapes, share of bad parts");
        Line(plot, "thresholds moved", 0, verdicts.Curve.Select(point => (point.OverkillShare ?? 0, point.EscapeShare ?? 0)));
        Mark(plot, verdicts.WorkingPoint, "the profile as it is", MarkerShape.FilledCircle, Colors.Black);
        if (verdicts.Suggestion?.Verdicts is { } suggested)
        {
            Mark(plot, suggested, "suggested", MarkerShape.FilledDiamond, Colors.Red);
        }

        plot.ShowLegend(Alignment.UpperRight);
        plot.Axes.SetLimits(-0.03, 1.03, -0.03, 1.03);
        return plot;
    }

    /// <summary>Escapes, overkill and reviews over the shift of the thresholds.</summary>
    public static Plot SharesOverShift(VerdictFigures verdicts)
    {
        var plot = Create("Moving all thresholds", "added to the thresholds of the profile", "share of parts");
        Line(plot, "escapes, of bad", 0, Shares(point => point.EscapeShare));
        Line(plot, "overkill, of good", 1, Shares(point => point.OverkillShare));
        Line(plot, "review, of all", 2, Shares(point => point.ReviewShare));
        plot.Add.VerticalLine(0, 1, Colors.Black);
        if (verdicts.Suggestion?.Verdicts is { } suggested)
        {
            plot.Add.VerticalLine(suggested.Shift, 1, Colors.Red, LinePattern.Dashed);
        }

        plot.ShowLegend(Alignment.UpperCenter);
        plot.Axes.SetLimits(verdicts.Curve[0].Shift, verdicts.Curve[^1].Shift, -0.03, 1.03);
        return plot;

        IEnumerable<(double, double)> Shares(Func<VerdictPoint, double?> share) =>
            verdicts.Curve.Where(point => share(point) is not null).Select(point => (point.Shift, share(point)!.Value));
    }

    /// <summary>Precision against recall, a line per class.</summary>
    public static Plot PrecisionAgainstRecall(IReadOnlyList<ClassDetection> classes)
    {
        var plot = Create("Precision and recall", "recall", "precision");
        foreach (var (index, one) in classes.Index())
        {
            Line(plot, one.Class, index, one.Curve.Where(point => point.Precision is not null).Select(point => (point.Recall ?? 0, point.Precision!.Value)));
        }

        plot.ShowLegend(Alignment.LowerLeft);
        plot.Axes.SetLimits(-0.03, 1.03, -0.03, 1.03);
        return plot;
    }

    /// <summary>F over the confidence from which findings count, a line per class.</summary>
    public static Plot FOverConfidence(IReadOnlyList<ClassDetection> classes)
    {
        var plot = Create("F over confidence", "lowest confidence that counts", "F");
        foreach (var (index, one) in classes.Index())
        {
            Line(plot, one.Class, index, one.Curve.Select(point => ((double)point.Confidence, point.F ?? 0)));
        }

        plot.ShowLegend(Alignment.LowerLeft);
        plot.Axes.SetLimits(-0.03, 1.03, -0.03, 1.03);
        return plot;
    }

    /// <summary>An empty plot with its titles.</summary>
    internal static Plot Create(string title, string across, string down)
    {
        var plot = new Plot();
        plot.Title(title, 16);
        plot.XLabel(across, 14);
        plot.YLabel(down, 14);
        return plot;
    }

    private static void Line(Plot plot, string name, int number, IEnumerable<(double X, double Y)> points)
    {
        var all = points.ToList();
        if (all.Count == 0)
        {
            return;
        }

        var line = plot.Add.ScatterLine(all.Select(point => point.X).ToArray(), all.Select(point => point.Y).ToArray());
        line.LegendText = name;
        line.LineWidth = 2;

        // Lines differ in print without colours, too.
        line.LinePattern = _patterns[number % _patterns.Length];
    }

    private static void Mark(Plot plot, VerdictSummary point, string name, MarkerShape shape, Color colour) =>
        plot.Add.Marker(point.Overkill.Share ?? 0, point.Escapes.Share ?? 0, shape, 12, colour).LegendText = name;
}
