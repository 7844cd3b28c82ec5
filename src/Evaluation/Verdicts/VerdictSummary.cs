namespace Chitti.Evaluation;

/// <summary>Escapes, overkill and reviews at one setting of the thresholds, with their ranges.</summary>
public sealed record VerdictSummary
{
    internal VerdictSummary(VerdictPoint point)
    {
        Shift = point.Shift;
        Escapes = new(point.Escapes, point.Bad);
        Overkill = new(point.Overkill, point.Good);
        Reviews = new(point.Reviews, point.Bad + point.Good);
    }

    /// <summary>See <see cref="VerdictPoint.Shift"/>.</summary>
    public double Shift { get; }

    /// <summary>Bad parts that pass, of the bad parts.</summary>
    public Proportion Escapes { get; }

    /// <summary>Good parts that do not pass, of the good parts.</summary>
    public Proportion Overkill { get; }

    /// <summary>Parts that a person must look at, of all.</summary>
    public Proportion Reviews { get; }
}
