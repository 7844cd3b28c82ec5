namespace Chitti.Evaluation;

/// <summary>The reasons for which no POD curve is given.</summary>
public enum PodRefusalReason
{
    /// <summary>Fewer than <see cref="PodAnalysis.MinTargets"/> targets.</summary>
    TooFewTargets,

    /// <summary>Every target was found, so nothing shows where detection begins to fail.</summary>
    AllHit,

    /// <summary>No target was found.</summary>
    AllMissed,

    /// <summary>All targets have the same size.</summary>
    OneSize,

    /// <summary>A size divides the found targets from the missed ones, so the likelihood has no maximum.</summary>
    Separated,

    /// <summary>Larger targets aren't found more often than smaller ones, or not beyond what chance explains.</summary>
    NoEffectOfSize,

    /// <summary>The curve levels off below 1: some large targets are missed whatever their size.</summary>
    LevelsOff,
}
