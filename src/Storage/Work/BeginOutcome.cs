namespace Chitti.Storage;

/// <summary>Outcome of requesting a lease.</summary>
public enum BeginOutcome
{
    /// <summary>The caller has the lease.</summary>
    Leased,

    /// <summary>Another holder has the lease.</summary>
    HeldByOther,

    /// <summary>The item has ended or does not exist.</summary>
    NothingToDo,
}
