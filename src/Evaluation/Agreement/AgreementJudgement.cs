namespace Chitti.Evaluation;

/// <summary>Where a figure lies between the conventional limits.</summary>
public enum AgreementJudgement
{
    /// <summary>Within the limit for use without restriction.</summary>
    Acceptable,

    /// <summary>Between the limits: usable for now, to be improved.</summary>
    Marginal,

    /// <summary>Beyond the outer limit.</summary>
    Unacceptable,
}
