namespace Chitti.Evaluation;

/// <summary>How a class is detected from one confidence on.</summary>
/// <param name="Confidence">Lowest confidence that counts.</param>
/// <param name="Correct">Findings that match a defect of their class.</param>
/// <param name="Wrong">Findings that do not.</param>
/// <param name="Missed">Defects without a finding.</param>
public sealed record OperatingPoint(float Confidence, int Correct, int Wrong, int Missed)
{
    /// <summary>Share of the findings that are correct, 0..1; null without findings.</summary>
    public double? Precision => Rounded.Share(Correct, Correct + Wrong);

    /// <summary>Share of the defects that are found, 0..1; null without defects.</summary>
    public double? Recall => Rounded.Share(Correct, Correct + Missed);

    /// <summary>Harmonic mean of precision and recall, 0..1; null without findings and defects.</summary>
    public double? F => Rounded.Share(2 * Correct, (2 * Correct) + Wrong + Missed);
}
