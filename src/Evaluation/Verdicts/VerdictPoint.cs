namespace Chitti.Evaluation;

/// <summary>The verdicts with all thresholds of the profile moved by the same amount.</summary>
/// <param name="Shift">What is added to the confidences from which the profile reviews and rejects; 0 for the profile as it is.</param>
/// <param name="Bad">Bad parts.</param>
/// <param name="Good">Good parts.</param>
/// <param name="Escapes">Bad parts that pass.</param>
/// <param name="Overkill">Good parts that do not pass.</param>
/// <param name="Reviews">Parts of both kinds that a person must look at.</param>
public sealed record VerdictPoint(double Shift, int Bad, int Good, int Escapes, int Overkill, int Reviews)
{
    /// <summary>Of the bad parts, 0..1; null without any.</summary>
    public double? EscapeShare => Rounded.Share(Escapes, Bad);

    /// <summary>Of the good parts, 0..1; null without any.</summary>
    public double? OverkillShare => Rounded.Share(Overkill, Good);

    /// <summary>Of all parts, 0..1; null without any.</summary>
    public double? ReviewShare => Rounded.Share(Reviews, Bad + Good);
}
