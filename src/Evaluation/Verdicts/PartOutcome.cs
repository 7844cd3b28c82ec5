namespace Chitti.Evaluation;

/// <summary>How a verdict compares with the truth.</summary>
public enum PartOutcome
{
    /// <summary>A good part passes.</summary>
    GoodPasses = 0,

    /// <summary>Overkill: a good part is sent to review.</summary>
    GoodReviewed = 1,

    /// <summary>Overkill: a good part fails.</summary>
    GoodFails = 2,

    /// <summary>A bad part fails.</summary>
    BadFails = 3,

    /// <summary>A bad part is sent to review.</summary>
    BadReviewed = 4,

    /// <summary>Escape: a bad part passes.</summary>
    BadPasses = 5,
}
