using System.Runtime.InteropServices;

namespace Chitti.Inference;

/// <summary>Greedy non-maximum suppression. Its work is bounded, whatever the model returns.</summary>
internal static class NonMaximumSuppression
{
    /// <summary>Only this many of the most confident candidates take part.</summary>
    public const int MaxCandidates = 3_000;

    /// <summary>At most this many candidates are kept.</summary>
    public const int MaxKept = 300;

    /// <summary>
    /// Sorts the candidates and removes those that a more confident kept one overlaps by more than <paramref name="iou"/>.
    /// </summary>
    /// <param name="candidates">In any order.</param>
    /// <param name="iou">Intersection over union, 0..1.</param>
    /// <param name="classAgnostic">Whether boxes of different classes suppress each other.</param>
    public static void Apply(List<Candidate> candidates, float iou, bool classAgnostic)
    {
        candidates.Sort();
        var boxes = CollectionsMarshal.AsSpan(candidates)[..Math.Min(candidates.Count, MaxCandidates)];
        var kept = 0;
        foreach (ref readonly var box in boxes)
        {
            if (IsSuppressed(box, boxes[..kept], iou, classAgnostic))
            {
                continue;
            }

            boxes[kept++] = box;
            if (kept == MaxKept)
            {
                break;
            }
        }
        candidates.RemoveRange(kept, candidates.Count - kept);
    }

    private static bool IsSuppressed(in Candidate box, ReadOnlySpan<Candidate> kept, float iou, bool classAgnostic)
    {
        foreach (ref readonly var better in kept)
        {
            if ((classAgnostic || better.ClassId == box.ClassId) && better.IntersectionOverUnion(box) > iou)
            {
                return true;
            }
        }
        return false;
    }
}
