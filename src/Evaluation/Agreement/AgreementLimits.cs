namespace Chitti.Evaluation;

/// <summary>The conventional limits of one figure.</summary>
/// <param name="Acceptable">The limit of what is acceptable, itself included unless <paramref name="Text"/> says otherwise.</param>
/// <param name="Marginal">The limit of what is marginal, itself included.</param>
/// <param name="HigherIsBetter">Whether the limits are lower limits.</param>
/// <param name="Text">The limits and their source, for people.</param>
public sealed record AgreementLimits(double Acceptable, double Marginal, bool HigherIsBetter, string Text)
{
    /// <summary>AIAG, Measurement Systems Analysis, 4th edition, chapter III, section C.</summary>
    public static AgreementLimits Effectiveness { get; } =
        new(0.90, 0.80, true, "acceptable from 90 %, marginal from 80 % (AIAG MSA, 4th edition)");

    /// <summary>AIAG, as above.</summary>
    public static AgreementLimits MissRate { get; } =
        new(0.02, 0.05, false, "acceptable to 2 %, marginal to 5 % (AIAG MSA, 4th edition)");

    /// <summary>AIAG, as above.</summary>
    public static AgreementLimits FalseAlarmRate { get; } =
        new(0.05, 0.10, false, "acceptable to 5 %, marginal to 10 % (AIAG MSA, 4th edition)");

    /// <summary>AIAG, as above; the same bands as in Fleiss, Statistical Methods for Rates and Proportions.</summary>
    public static AgreementLimits Kappa { get; } =
        new(0.75, 0.40, true, "good above 0.75, poor below 0.40 (AIAG MSA, 4th edition)");

    /// <summary>Compares an estimate with the limits; its uncertainty is not considered.</summary>
    public AgreementJudgement Judge(double value)
    {
        var (good, marginal) = HigherIsBetter
            ? (this == Kappa ? value > Acceptable : value >= Acceptable, value >= Marginal)
            : (value <= Acceptable, value <= Marginal);
        return good ? AgreementJudgement.Acceptable : marginal ? AgreementJudgement.Marginal : AgreementJudgement.Unacceptable;
    }
}
