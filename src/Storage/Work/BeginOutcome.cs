namespace Chitti.Storage;

/// <summary>What came of asking for a lease.</summary>
public enum BeginOutcome
{
    /// <summary>The lease is the caller's.</summary>
    Leased,

    /// <summary>Another holder's lease has not ended yet.</summary>
    HeldByOther,

    /// <summary>There is nothing to do: the item has ended, or is gone.</summary>
    NothingToDo,
}
