namespace Chitti.Inference;

/// <summary>A box as the model gave it: corners in input pixels.</summary>
internal readonly record struct Candidate(float Confidence, int ClassId, float Left, float Top, float Right, float Bottom)
    : IComparable<Candidate>
{
    public static Candidate FromCentre(float confidence, int classId, float x, float y, float width, float height) =>
        new(confidence, classId, x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));

    /// <summary>Most confident first; then by class and position, so that the order is deterministic.</summary>
    public int CompareTo(Candidate other)
    {
        var order = other.Confidence.CompareTo(Confidence);
        if (order == 0)
        {
            order = ClassId.CompareTo(other.ClassId);
        }

        if (order == 0)
        {
            order = Left.CompareTo(other.Left);
        }

        if (order == 0)
        {
            order = Top.CompareTo(other.Top);
        }

        if (order == 0)
        {
            order = Right.CompareTo(other.Right);
        }

        return order == 0 ? Bottom.CompareTo(other.Bottom) : order;
    }

    public float IntersectionOverUnion(in Candidate other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / (Area + other.Area - shared);
    }

    private float Area => (Right - Left) * (Bottom - Top);
}
