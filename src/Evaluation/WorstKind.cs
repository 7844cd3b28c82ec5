namespace Chitti.Evaluation;

/// <summary>What went wrong.</summary>
public enum WorstKind
{
    /// <summary>A bad part passes.</summary>
    Escape = 0,

    /// <summary>A good part does not pass.</summary>
    Overkill = 1,

    /// <summary>A defect was not found.</summary>
    Missed = 2,

    /// <summary>Something was found where no defect is.</summary>
    Stray = 3,

    /// <summary>A defect was found as another class.</summary>
    Confused = 4,
}
