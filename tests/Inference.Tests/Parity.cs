using Chitti.Domain;

namespace Chitti.Inference.Tests;

/// <summary>Counts how many reference detections an engine found, and its additional ones.</summary>
internal sealed class Parity
{
    public int References { get; private set; }

    public int Found { get; private set; }

    public int Extra { get; private set; }

    public void Add(
        IReadOnlyList<Finding> references, IReadOnlyList<Finding> detections,
        float confidence, float minIou, float maxDifference, float margin)
    {
        var free = detections.ToList();
        foreach (var reference in references.Where(reference => reference.Confidence >= confidence))
        {
            References++;
            var match = free.FindIndex(found => Agree(reference, found, minIou, maxDifference));
            if (match < 0)
            {
                continue;
            }

            Found++;
            free.RemoveAt(match);
        }
        // The reference may have just below the threshold what the engine finds just above it.
        Extra += free.Count(found => found.Confidence >= confidence + margin
            && !references.Any(reference => reference.ClassId == found.ClassId && Iou(reference.Box, found.Box) >= 0.5f));
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Found} of {References} found ({100.0 * Found / Math.Max(References, 1):0.00} %), {Extra} besides ({100.0 * Extra / Math.Max(References, 1):0.00} %)");

    public static float Iou(Box a, Box b)
    {
        var width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X);
        var height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        var shared = Math.Max(0, width) * Math.Max(0, height);
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }

    private static bool Agree(Finding reference, Finding found, float minIou, float maxDifference) =>
        reference.ClassId == found.ClassId && Math.Abs(reference.Confidence - found.Confidence) <= maxDifference
        && Iou(reference.Box, found.Box) >= minIou;
}
