using System.Globalization;
using ScottPlot;

namespace Chitti.Evaluation;

/// <summary>The plot of one curve of the probability of detection, over the hits and misses that it was fitted to.</summary>
internal static class PodPlot
{
    private const int PerGroup = 25;
    private const int MaxGroups = 8;
    private const double Margin = 0.06;

    /// <param name="name">The title.</param>
    /// <param name="outcome">The curve, or none.</param>
    /// <param name="defects">What it was fitted to.</param>
    public static Plot Draw(string name, PodOutcome outcome, IEnumerable<DefectOutcome> defects)
    {
        var targets = defects.Select(defect => PodStudy.TargetOf(defect, null)).OrderBy(target => target.Size).ToList();
        var plot = EvaluationPlots.Create($"{name}{(outcome.Fit is null ? ": no curve" : "")}", $"size, {outcome.Unit}", "probability of detection");
        var limit = plot.Add.HorizontalLine(0.9, 1, Colors.Gray, LinePattern.Dotted);
        limit.EnableAutoscale = false;
        Rug(plot, targets.Where(target => target.Hit), 1 + (Margin / 2), "found", Colors.Black.WithAlpha(0.5));
        Rug(plot, targets.Where(target => !target.Hit), -Margin / 2, "missed", Colors.Red);
        Shares(plot, targets);
        if (outcome.Fit is { } fit)
        {
            Line(plot, fit, point => point.Lower, "95 % lower bound", Colors.C0, LinePattern.Dashed, 1.5f);
            Line(plot, fit, point => point.LowerWald, "the same by Wald", Colors.C0, LinePattern.Dotted, 1.5f);
            Line(plot, fit, point => point.Pod, "POD", Colors.C0, LinePattern.Solid, 2.5f);
            Mark(plot, fit.A90, "a90", outcome.Unit, Colors.Gray);
            Mark(plot, fit.A9095, "a90/95", outcome.Unit, Colors.Red);
        }

        var (from, to) = (targets[0].Size, targets[^1].Size);

        // On the side of the curve that is free, and clear of the hits and misses.
        plot.ShowLegend(outcome.Fit?.A50.Value > (from + to) / 2 ? Alignment.UpperLeft : Alignment.LowerRight);
        plot.Legend.Margin = new(8, 8, 26, 26);
        plot.Legend.FontSize = 11;
        var wide = Math.Max(to - from, 1) * 0.03;
        plot.Axes.SetLimits(from - wide, to + wide, -Margin, 1 + Margin);
        return plot;
    }

    private static void Rug(Plot plot, IEnumerable<PodTarget> targets, double y, string name, Color colour)
    {
        var sizes = targets.Select(target => target.Size).ToArray();
        if (sizes.Length == 0)
        {
            return;
        }

        var marks = plot.Add.ScatterPoints(sizes, [.. sizes.Select(_ => y)], colour);
        marks.MarkerShape = MarkerShape.VerticalBar;
        marks.MarkerSize = 9;
        marks.MarkerLineWidth = 1.5f;
        marks.LegendText = name;
    }

    /// <summary>The share that was found among neighbours in size, which the curve should follow.</summary>
    private static void Shares(Plot plot, List<PodTarget> targets)
    {
        var groups = Math.Clamp(targets.Count / PerGroup, 1, MaxGroups);
        var points = Enumerable.Range(0, groups).Select(at => targets[(at * targets.Count / groups)..((at + 1) * targets.Count / groups)])
            .Select(group => (Size: group.Average(target => target.Size), Share: (double)group.Count(target => target.Hit) / group.Count)).ToList();
        var marks = plot.Add.ScatterPoints(points.Select(point => point.Size).ToArray(), points.Select(point => point.Share).ToArray(), Colors.Black);
        marks.MarkerShape = MarkerShape.OpenCircle;
        marks.MarkerSize = 8;
        marks.LegendText = string.Create(CultureInfo.InvariantCulture, $"share found, groups of {targets.Count / groups}");
    }

    private static void Line(Plot plot, PodFit fit, Func<PodPoint, double> value, string name, Color colour, LinePattern pattern, float width)
    {
        var line = plot.Add.ScatterLine(fit.Curve.Select(point => point.Size).ToArray(), fit.Curve.Select(value).ToArray(), colour);
        line.LinePattern = pattern;
        line.LineWidth = width;
        line.LegendText = name;
    }

    private static void Mark(Plot plot, PodSize size, string name, string unit, Color colour)
    {
        if (size.Value is { } value)
        {
            plot.Add.VerticalLine(value, 1.5f, colour, LinePattern.Dashed).LegendText = string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.0} {unit}");
        }
    }
}
